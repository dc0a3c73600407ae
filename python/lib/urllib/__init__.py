"""Only urllib.parse is here; nothing is fetched over the network."""
