// Reference checks a published folder with golang.org/x/mod/sumdb, which shares nothing with because:
//
//	reference FOLDER VKEY [EARLIER-CHECKPOINT ...]
//
// The note opens; every entry has the hash that the tiles hold; every entry is proven in the tree of the checkpoint; and
// that tree extends the tree of every earlier checkpoint. It prints what it checked, and exits with 1 at the first thing
// that does not hold.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: reference FOLDER VKEY [EARLIER-CHECKPOINT ...]")
		os.Exit(64)
	}
	if err := check(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(folder, vkey string, earlier []string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(filepath.Join(folder, "checkpoint"), verifier)
	if err != nil {
		return err
	}
	tiles := &tileFolder{path: folder, size: tree.N, known: map[tlog.Tile][]byte{}}
	reader := tlog.TileHashReader(tree, tiles)
	entries, err := readEntries(folder, tree.N)
	if err != nil {
		return err
	}
	for number, entry := range entries {
		if err := checkEntry(tree, reader, int64(number), entry); err != nil {
			return fmt.Errorf("entry %d: %w", number, err)
		}
	}
	for _, path := range earlier {
		if err := checkConsistency(path, verifier, tree, reader); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	fmt.Printf("%d entries, %d earlier checkpoints\n", len(entries), len(earlier))
	return nil
}

// openCheckpoint verifies the note at path and reads the C2SP checkpoint in it: origin, size and root.
func openCheckpoint(path string, verifier note.Verifier) (tlog.Tree, error) {
	bytes, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(bytes, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("%s is not a checkpoint of %s", path, verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("%s has no root", path)
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

// readEntries reads every bundle that a log of size has.
func readEntries(folder string, size int64) ([][]byte, error) {
	var entries [][]byte
	for number := int64(0); number*256 < size; number++ {
		width := size - number*256
		if width > 256 {
			width = 256
		}
		bytes, err := os.ReadFile(filepath.Join(folder, layoutPath("entries", number, int(width))))
		if err != nil {
			return nil, err
		}
		for position := int64(0); position < width; position++ {
			if len(bytes) < 2 || len(bytes)-2 < int(binary.BigEndian.Uint16(bytes)) {
				return nil, fmt.Errorf("bundle %d ends inside its entry %d", number, position)
			}
			end := 2 + int(binary.BigEndian.Uint16(bytes))
			entries = append(entries, bytes[2:end])
			bytes = bytes[end:]
		}
		if len(bytes) != 0 {
			return nil, fmt.Errorf("bundle %d has %d bytes too many", number, len(bytes))
		}
	}
	return entries, nil
}

func checkEntry(tree tlog.Tree, reader tlog.HashReader, number int64, entry []byte) error {
	hash := tlog.RecordHash(entry)
	stored, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, number)})
	if err != nil {
		return err
	}
	if stored[0] != hash {
		return fmt.Errorf("its tile holds %v, and its bytes have %v", stored[0], hash)
	}
	proof, err := tlog.ProveRecord(tree.N, number, reader)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, number, hash)
}

func checkConsistency(path string, verifier note.Verifier, tree tlog.Tree, reader tlog.HashReader) error {
	old, err := openCheckpoint(path, verifier)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
}

// tileFolder reads tiles of height 8 from a folder in the C2SP layout, which has no element for the height.
type tileFolder struct {
	path  string
	size  int64
	known map[tlog.Tile][]byte
}

func (t *tileFolder) Height() int { return 8 }

func (t *tileFolder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(tiles))
	for i, tile := range tiles {
		bytes, ok := t.known[tile]
		if !ok {
			var err error
			if bytes, err = t.read(tile); err != nil {
				return nil, err
			}
			t.known[tile] = bytes
		}
		all[i] = bytes
	}
	return all, nil
}

// read takes the tile as the published size has it, whose first hashes are those of any narrower one that is asked for.
func (t *tileFolder) read(tile tlog.Tile) ([]byte, error) {
	width := t.size>>(8*uint(tile.L)) - tile.N*256
	if width > 256 {
		width = 256
	}
	bytes, err := os.ReadFile(filepath.Join(t.path, layoutPath(strconv.Itoa(tile.L), tile.N, int(width))))
	if err != nil {
		return nil, err
	}
	if int64(len(bytes)) != width*tlog.HashSize || int64(tile.W) > width {
		return nil, fmt.Errorf("tile %d/%d has %d bytes", tile.L, tile.N, len(bytes))
	}
	return bytes[:tile.W*tlog.HashSize], nil
}

func (t *tileFolder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

// layoutPath is the path of a tile or bundle in C2SP tlog-tiles.
func layoutPath(kind string, number int64, width int) string {
	path := fmt.Sprintf("%03d", number%1000)
	for number >= 1000 {
		number /= 1000
		path = fmt.Sprintf("x%03d/%s", number%1000, path)
	}
	path = "tile/" + kind + "/" + path
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return path
}
