/** Files of low-rank adapters as diffusers, PEFT and kohya's sd-scripts write them. */
@NullMarked
package dev.atelier.runtime.model.lora;

import org.jspecify.annotations.NullMarked;
