/** What a run will take, before it runs. */
@NullMarked
package dev.atelier.local.cli.estimate;

import org.jspecify.annotations.NullMarked;
