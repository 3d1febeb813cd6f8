"""The traffic of servers, as their watch lines show it while a screen asks for it."""
