"""Documents that a unit publishes about itself: guide, catalogue, services, discretion tables."""
