/** The artifact store: files or S3, manifests, digests. */
@NullMarked
package dev.atelier.runtime.store;

import org.jspecify.annotations.NullMarked;
