/** What a stage tells the world while it runs and when it ends. */
@NullMarked
package dev.atelier.runtime.report;

import org.jspecify.annotations.NullMarked;
