/**
 * What the API server does to a custom resource before it stores it: drop unknown fields, fill in
 * the defaults of the CRD, check the schema, evaluate the CEL rules. The CRDs are the committed
 * ones, so a resource that is refused in a cluster is refused here with the same words.
 */
@NullMarked
package dev.atelier.local.admission;

import org.jspecify.annotations.NullMarked;
