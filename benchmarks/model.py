"""A Stable Diffusion 1.5 with random weights, saved as diffusers saves it, and inputs for it."""

import pathlib
import shutil

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel

# Channels per level of the UNet, of the autoencoder, and the text encoder's layers.
SIZES = {
    "small": ((64, 128, 256, 256), (32, 64, 128, 128), 2),
    "full": ((320, 640, 1280, 1280), (128, 256, 512, 512), 12),
}
LATENTS = 64
TEXT = 768


def make(folder: pathlib.Path, size: str, tokenizer: pathlib.Path) -> None:
    """Writes the folder unless it is there; the last file is the inputs."""
    if (folder / "inputs.safetensors").exists():
        return
    torch.manual_seed(0)
    unet, autoencoder, layers = SIZES[size]
    UNet2DConditionModel(
        sample_size=LATENTS,
        block_out_channels=unet,
        cross_attention_dim=TEXT,
        attention_head_dim=8,
    ).save_pretrained(folder / "unet")
    AutoencoderKL(
        block_out_channels=autoencoder,
        layers_per_block=2,
        down_block_types=["DownEncoderBlock2D"] * 4,
        up_block_types=["UpDecoderBlock2D"] * 4,
        sample_size=8 * LATENTS,
    ).save_pretrained(folder / "vae")
    CLIPTextModel(
        CLIPTextConfig(
            vocab_size=49408,
            hidden_size=TEXT,
            intermediate_size=4 * TEXT,
            num_hidden_layers=layers,
            num_attention_heads=12,
        )
    ).save_pretrained(folder / "text_encoder")
    DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        clip_sample=False,
        set_alpha_to_one=False,
        steps_offset=1,
    ).save_pretrained(folder / "scheduler")
    shutil.copytree(
        tokenizer, folder / "tokenizer", ignore=shutil.ignore_patterns("*.safetensors", "case.json")
    )
    (folder / "model_index.json").write_text(
        '{"_class_name": "StableDiffusionPipeline", "requires_safety_checker": false}\n'
    )
    save_file(
        {
            "latents": torch.randn(2, 4, LATENTS, LATENTS),
            "noise": torch.randn(2, 4, LATENTS, LATENTS),
            "states": torch.randn(2, 77, TEXT),
        },
        folder / "inputs.safetensors",
    )
