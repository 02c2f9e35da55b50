/** From a file a person sent to a verdict, a crop and a caption. */
@NullMarked
package dev.atelier.runtime.photo;

import org.jspecify.annotations.NullMarked;
