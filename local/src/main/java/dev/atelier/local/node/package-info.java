/**
 * The node of workstation mode: the semantics of batch/v1 Jobs that the operator relies on, and
 * pods as local processes.
 */
@NullMarked
package dev.atelier.local.node;

import org.jspecify.annotations.NullMarked;
