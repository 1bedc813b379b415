"""Pages to look at: what officials and promotion officers read in a browser."""

from chainmap.server.pages.site import add_pages, start_warm

__all__ = ["add_pages", "start_warm"]
