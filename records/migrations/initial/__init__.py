"""The tables of revision 0001, one module a subject; frozen, whatever `records.tables` becomes."""
