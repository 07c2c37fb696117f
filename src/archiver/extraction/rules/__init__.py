"""Tables that judge: each row has its reason, none has logic."""
