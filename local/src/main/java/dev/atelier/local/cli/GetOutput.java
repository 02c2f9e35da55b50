package dev.atelier.local.cli;

/** How {@code get} writes; the names are what a user types. */
enum GetOutput {
  table,
  yaml,
  json
}
