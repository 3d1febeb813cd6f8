"""The screen: knows topics and actions, never HTTP."""
