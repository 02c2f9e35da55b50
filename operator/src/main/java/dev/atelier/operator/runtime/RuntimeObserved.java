package dev.atelier.operator.runtime;

/**
 * What is known of a DiffusionRuntime beside itself.
 *
 * @param users HeadshotModels, VideoGenerators and GenerationJobs that use it
 */
record RuntimeObserved(int users) {}
