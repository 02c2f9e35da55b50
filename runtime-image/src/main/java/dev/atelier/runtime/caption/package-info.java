/** What clips are said to show: side-car files, file names, a vision endpoint. */
@NullMarked
package dev.atelier.runtime.caption;

import org.jspecify.annotations.NullMarked;
