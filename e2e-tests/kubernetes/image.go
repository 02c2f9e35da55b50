package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"runtime"
	"strings"
)

// writeImage packs files into an OCI image archive, which containerd imports
// without a registry: image OUT.tar NAME:TAG ENTRYPOINT FILE=/path/in/image...
func writeImage(arguments []string) error {
	if len(arguments) < 5 {
		return errors.New("write: image OUT.tar NAME:TAG ENTRYPOINT FILE=/path/in/image")
	}
	layer, err := layerOf(arguments[4:])
	if err != nil {
		return err
	}
	var zipped bytes.Buffer
	zipper := gzip.NewWriter(&zipped)
	if _, err := zipper.Write(layer); err != nil {
		return err
	}
	if err := zipper.Close(); err != nil {
		return err
	}
	blobs := map[string][]byte{}
	config, err := blob(blobs, "config.v1+json", map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config":       map[string]any{"Entrypoint": []string{arguments[3]}},
		"rootfs":       map[string]any{"type": "layers", "diff_ids": []string{digest(layer)}},
	})
	if err != nil {
		return err
	}
	manifest, err := blob(blobs, "manifest.v1+json", map[string]any{
		"schemaVersion": 2,
		"mediaType":     ociType + "manifest.v1+json",
		"config":        config,
		"layers":        []any{rawBlob(blobs, "layer.v1.tar+gzip", zipped.Bytes())},
	})
	if err != nil {
		return err
	}
	manifest["annotations"] = map[string]string{"io.containerd.image.name": arguments[2]}
	index, err := json.Marshal(map[string]any{
		"schemaVersion": 2,
		"mediaType":     ociType + "index.v1+json",
		"manifests":     []any{manifest},
	})
	if err != nil {
		return err
	}
	return writeArchive(arguments[1], index, blobs)
}

const ociType = "application/vnd.oci.image."

func layerOf(specs []string) ([]byte, error) {
	var layer bytes.Buffer
	archive := tar.NewWriter(&layer)
	for _, spec := range specs {
		source, target, found := strings.Cut(spec, "=")
		if !found {
			return nil, fmt.Errorf("%q is not FILE=/path/in/image", spec)
		}
		content, err := os.ReadFile(source)
		if err != nil {
			return nil, err
		}
		if err := add(archive, strings.TrimPrefix(path.Clean(target), "/"), 0o755, content); err != nil {
			return nil, err
		}
	}
	return layer.Bytes(), archive.Close()
}

func writeArchive(file string, index []byte, blobs map[string][]byte) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	archive := tar.NewWriter(out)
	if err := add(archive, "oci-layout", 0o644, []byte(`{"imageLayoutVersion":"1.0.0"}`)); err != nil {
		return err
	}
	if err := add(archive, "index.json", 0o644, index); err != nil {
		return err
	}
	for name, content := range blobs {
		if err := add(archive, "blobs/sha256/"+strings.TrimPrefix(name, "sha256:"), 0o644, content); err != nil {
			return err
		}
	}
	return archive.Close()
}

func add(archive *tar.Writer, name string, mode int64, content []byte) error {
	header := &tar.Header{Name: name, Mode: mode, Size: int64(len(content)), Typeflag: tar.TypeReg}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err := archive.Write(content)
	return err
}

func blob(blobs map[string][]byte, kind string, content any) (map[string]any, error) {
	text, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	return rawBlob(blobs, kind, text), nil
}

func rawBlob(blobs map[string][]byte, kind string, content []byte) map[string]any {
	blobs[digest(content)] = content
	return map[string]any{"mediaType": ociType + kind, "digest": digest(content), "size": len(content)}
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}
