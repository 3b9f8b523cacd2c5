"""The order system: which orders exist, who placed them and how far each parcel is."""
