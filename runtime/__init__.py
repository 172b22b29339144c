"""What the parts run on: settings, clock, logging, the Temporal facade and starter, and the embedded services."""
