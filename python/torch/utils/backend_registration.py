"""The name of the device type that belongs to no known maker."""

_privateuse1_backend_name = "privateuseone"
