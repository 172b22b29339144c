"""The HTTP API and its pages: thin routes over the use cases in `records` and the engine's acts."""
