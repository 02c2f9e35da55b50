/** Reading of the config.json files of diffusers and transformers folders, nothing ignored. */
@NullMarked
package dev.atelier.runtime.model.config;

import org.jspecify.annotations.NullMarked;
