"""What each act writes: one recorder an act, in the transaction that appends its journal entry."""
