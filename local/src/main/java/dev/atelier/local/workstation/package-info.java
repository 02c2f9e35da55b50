/**
 * One machine as a workstation: the state directory with its lock, the files a user applies, and
 * the in-memory API, operator and node agent wired together.
 */
@NullMarked
package dev.atelier.local.workstation;

import org.jspecify.annotations.NullMarked;
