//! A model of the world of a plan, and what it foretells.
