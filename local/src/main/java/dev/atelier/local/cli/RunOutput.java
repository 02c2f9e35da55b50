package dev.atelier.local.cli;

/** How {@code run} writes; the names are what a user types. */
enum RunOutput {
  text,
  json
}
