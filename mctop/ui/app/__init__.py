"""The app: navigation, the palette, and the flow of a change."""
