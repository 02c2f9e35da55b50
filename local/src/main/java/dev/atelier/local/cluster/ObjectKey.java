package dev.atelier.local.cluster;

/** Where an object is stored; {@code namespace} is empty for cluster-scoped kinds. */
record ObjectKey(String group, String plural, String namespace, String name) {}
