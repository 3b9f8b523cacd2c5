"""The carriers: where a parcel was last seen, in one set of statuses for all of them."""
