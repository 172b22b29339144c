"""The law and the arithmetic: frozen values, enums and pure functions, without clock, storage or framework."""
