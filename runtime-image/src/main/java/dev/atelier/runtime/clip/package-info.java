/** From a folder of videos and pictures to judged, standardised clips. */
@NullMarked
package dev.atelier.runtime.clip;

import org.jspecify.annotations.NullMarked;
