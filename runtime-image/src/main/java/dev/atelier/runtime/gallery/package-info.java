/** What a person looks at: the gallery page and contact sheets. */
@NullMarked
package dev.atelier.runtime.gallery;

import org.jspecify.annotations.NullMarked;
