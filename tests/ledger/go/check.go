// Checks a ledger with Go's own implementation: golang.org/x/mod/sumdb/note and tlog.
//
//	check verify FOLDER       all that tests/ledger/go_data.c wrote: "ok WHAT" or "not ok WHAT: why"
//	check sign FOLDER         a new key, and a note signed with it: go.key, go.note
//	check checkpoint FOLDER   the newest checkpoint with FOLDER/ledger.private: go.note, go.key
//	check witness FOLDER      all of the ledger that is served at FOLDER/url, over HTTP, and that it
//	                          continues what was seen the last time, which is kept in FOLDER/seen;
//	                          FOLDER/ledger.key may hold several keys, one a line
//
// tests/run_ledger_go_slow.py starts it. Cosignatures and proofs as files, which that package does
// not know, are read here from their specifications.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type ledger struct {
	folder string
	url    string // where checkpoint and tiles are fetched, with the slash at its end; "": the folder
	origin string
	size   int64
	root   tlog.Hash
	hashes []tlog.Hash // as tlog stores them, made from the entries
	keys   []int64     // which entries say that the key was changed
}

// The kind of such an entry: docs/ledger.md.
const keyChanged = 4

// What is served is fetched as it is, with the type and the time to keep that C2SP asks for.
func (l *ledger) fetch(name string) []byte {
	answer, err := http.Get(l.url + name)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	kind, keep := "application/octet-stream", "public, max-age=31536000, immutable"
	if name == "checkpoint" {
		kind, keep = "text/plain; charset=utf-8", "no-cache"
	}
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != kind ||
		answer.Header.Get("Cache-Control") != keep {
		return nil
	}
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil
	}
	return data
}

func (l *ledger) file(name string) []byte {
	if l.url != "" && (name == "checkpoint" || strings.HasPrefix(name, "tile/")) {
		return l.fetch(name)
	}
	data, err := os.ReadFile(filepath.Join(l.folder, name))
	if err != nil {
		return nil
	}
	return data
}

func (l *ledger) verifiers(name string) note.Verifiers {
	var out []note.Verifier
	for _, line := range strings.Fields(string(l.file(name))) {
		verifier, err := note.NewVerifier(line)
		if err != nil {
			fmt.Println("not ok", name+":", err)
			os.Exit(1)
		}
		out = append(out, verifier)
	}
	return note.VerifierList(out...)
}

// ReadHashes makes a ledger the source of hashes that it computed itself.
func (l *ledger) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(l.hashes)) {
			return nil, errors.New("no such hash")
		}
		out[i] = l.hashes[index]
	}
	return out, nil
}

// The paths of C2SP tlog-tiles do not name the height.
func path(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

// Tiles read from the files.
func (l *ledger) Height() int { return height }

func (l *ledger) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range tiles {
		data := l.file(path(tile))
		if len(data) == 0 {
			return nil, fmt.Errorf("no tile %s", path(tile))
		}
		out = append(out, data)
	}
	return out, nil
}

func (l *ledger) SaveTiles([]tlog.Tile, [][]byte) {}

func (l *ledger) openCheckpoint(name, key string) (int64, tlog.Hash, error) {
	var root tlog.Hash
	opened, err := note.Open(l.file(name), l.verifiers(key))
	if err != nil {
		return 0, root, err
	}
	lines := strings.Split(opened.Text, "\n") // the three, perhaps more, and what follows the last
	if len(lines) < 4 || lines[0] != l.origin {
		return 0, root, errors.New("not a checkpoint of this ledger")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, root, err
	}
	root, err = tlog.ParseHash(lines[2])
	return size, root, err
}

// Every entry of every bundle, hashed into a tree of our own.
func (l *ledger) readEntries() error {
	l.hashes, l.keys = nil, nil
	for at := int64(0); at < l.size; {
		tile := tlog.Tile{H: height, L: 0, N: at / 256, W: int(min(256, l.size-at))}
		name := strings.Replace(path(tile), "tile/0/", "tile/entries/", 1)
		bundle := l.file(name)
		for i := 0; i < tile.W; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("%s: too short", name)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			stored, err := tlog.StoredHashes(at, bundle[2:end], l)
			if err != nil {
				return err
			}
			l.hashes = append(l.hashes, stored...)
			if end >= 5 && binary.BigEndian.Uint16(bundle[3:5]) == keyChanged {
				l.keys = append(l.keys, at)
			}
			bundle = bundle[end:]
			at++
		}
		if len(bundle) > 0 {
			return fmt.Errorf("%s: too long", name)
		}
	}
	root, err := tlog.TreeHash(l.size, l)
	if err == nil && root != l.root {
		err = errors.New("the entries have another root than the checkpoint")
	}
	return err
}

// What tlog.NewTiles names, of each tile the widest alone, and none that was as wide before: some
// versions of it name every width.
func newTiles(from, to int64) []tlog.Tile {
	var out []tlog.Tile
	for _, tile := range tlog.NewTiles(height, from, to) {
		before := from>>(height*tile.L) - tile.N*256
		if last := len(out) - 1; last >= 0 && out[last].L == tile.L && out[last].N == tile.N {
			out = out[:last]
		}
		if int64(tile.W) > before {
			out = append(out, tile)
		}
	}
	return out
}

func (l *ledger) checkTiles() error {
	for _, tile := range newTiles(0, l.size) {
		expected, err := tlog.ReadTileData(tile, l)
		if err != nil {
			return err
		}
		if !bytes.Equal(expected, l.file(path(tile))) {
			return fmt.Errorf("%s is another", path(tile))
		}
	}
	return nil
}

// The tiles that growing calls for are those that tlog.NewTiles names.
func (l *ledger) checkGrowth() error {
	var from, to int64
	named := map[string]bool{}
	pairs := map[[2]int64]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(l.file("growth"))), "\n") {
		var name string
		if _, err := fmt.Sscan(line, &from, &to, &name); err != nil {
			return err
		}
		pairs[[2]int64{from, to}] = true
		named[line] = true
	}
	count := 0
	for pair := range pairs {
		for _, tile := range newTiles(pair[0], pair[1]) {
			line := fmt.Sprintf("%d %d %s", pair[0], pair[1], path(tile))
			if !named[line] {
				return fmt.Errorf("not named: %s", line)
			}
			count++
		}
	}
	if count != len(named) || len(pairs) != 2 {
		return errors.New("tiles are named that do not change")
	}
	return nil
}

// Proofs made by Go from the files, each of which it holds against the checkpoint.
func (l *ledger) checkProvesFromTiles() error {
	reader := tlog.TileHashReader(tlog.Tree{N: l.size, Hash: l.root}, l)
	for index := int64(0); index < l.size; index += 97 {
		proof, err := tlog.ProveRecord(l.size, index, reader)
		if err != nil {
			return err
		}
		leaf := l.hashes[tlog.StoredHashIndex(0, index)]
		if err := tlog.CheckRecord(proof, l.size, l.root, index, leaf); err != nil {
			return err
		}
	}
	return nil
}

// Our proofs: right, and the same as Go's.
func (l *ledger) checkProofs() error {
	lines := strings.Split(strings.TrimSpace(string(l.file("proofs"))), "\n")
	if len(lines) < 100 {
		return errors.New("too few")
	}
	for _, line := range lines {
		words := strings.Fields(line)
		small, _ := strconv.ParseInt(words[1], 10, 64)
		large, _ := strconv.ParseInt(words[2], 10, 64)
		var hashes []tlog.Hash
		for _, word := range words[3:] {
			var hash tlog.Hash
			if _, err := hex.Decode(hash[:], []byte(word)); err != nil {
				return err
			}
			hashes = append(hashes, hash)
		}
		if err := l.checkProof(words[0], small, large, hashes); err != nil {
			return fmt.Errorf("%s %d %d: %v", words[0], small, large, err)
		}
	}
	return nil
}

func (l *ledger) checkProof(kind string, small, large int64, hashes []tlog.Hash) error {
	root, err := tlog.TreeHash(large, l)
	if err != nil {
		return err
	}
	if kind == "inclusion" {
		leaf := l.hashes[tlog.StoredHashIndex(0, small)]
		if err := tlog.CheckRecord(hashes, large, root, small, leaf); err != nil {
			return err
		}
		own, err := tlog.ProveRecord(large, small, l)
		if err != nil || fmt.Sprint(own) != fmt.Sprint(tlog.RecordProof(hashes)) {
			return errors.New("not as Go makes it")
		}
		return nil
	}
	old, err := tlog.TreeHash(small, l)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(hashes, large, root, small, old); err != nil {
		return err
	}
	own, err := tlog.ProveTree(large, small, l)
	if err != nil || fmt.Sprint(own) != fmt.Sprint(tlog.TreeProof(hashes)) {
		return errors.New("not as Go makes it")
	}
	return nil
}

func (l *ledger) checkOlder() error {
	size, root, err := l.openCheckpoint("checkpoint.older", "ledger.key")
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(l.size, size, l)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, l.size, l.root, size, root)
}

// C2SP tlog-cosignature, from its text.
func (l *ledger) checkWitness() error {
	message := string(l.file("checkpoint"))
	text := message[:strings.LastIndex(message, "\n\n")+1]
	parts := strings.Split(strings.TrimSpace(string(l.file("witness.key"))), "+")
	key, err := base64.StdEncoding.DecodeString(strings.Join(parts[2:], "+"))
	if err != nil || len(key) != 33 || key[0] != 4 {
		return errors.New("not the key of a witness")
	}
	hash := sha256.Sum256([]byte(parts[0] + "\n" + string(key)))
	for _, line := range strings.Split(message[len(text)+1:], "\n") {
		code, found := strings.CutPrefix(line, "— "+parts[0]+" ")
		if !found {
			continue
		}
		signature, err := base64.StdEncoding.DecodeString(code)
		if err != nil || len(signature) != 76 || !bytes.Equal(signature[:4], hash[:4]) {
			return errors.New("not of the right form")
		}
		time := binary.BigEndian.Uint64(signature[4:12])
		signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
		if !ed25519.Verify(key[1:], []byte(signed), signature[12:]) {
			return errors.New("the signature is not right")
		}
		return nil
	}
	return errors.New("no line of the witness")
}

// C2SP tlog-proof, from its text, and the commitment of its entry from docs/ledger.md.
func (l *ledger) checkProofFile() error {
	head, checkpoint, found := strings.Cut(string(l.file("entry.tlog-proof")), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || checkpoint != string(l.file("checkpoint")) || len(lines) < 3 ||
		lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not of the right form")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	if err := tlog.CheckRecord(proof, l.size, l.root, index, tlog.RecordHash(entry)); err != nil {
		return err
	}
	committed := "handrail/ledger-commitment/v0001" + string(l.file("entry.salt")) +
		string(l.file("entry.content"))
	hash := sha256.Sum256([]byte(committed))
	if len(entry) != 43 || entry[0] != 1 || !bytes.Equal(entry[11:], hash[:]) {
		return errors.New("the entry does not commit to its content")
	}
	return nil
}

func (l *ledger) checkNote(name, key string) error {
	_, err := note.Open(l.file(name), l.verifiers(key))
	return err
}

func verify(folder string) bool {
	l := &ledger{folder: folder, origin: "example.org/ledger"}
	good := true
	say := func(what string, err error) {
		if err != nil {
			good = false
			fmt.Println("not ok", what+":", err)
			return
		}
		fmt.Println("ok", what)
	}
	var err error
	l.size, l.root, err = l.openCheckpoint("checkpoint", "ledger.key")
	say("checkpoint", err)
	_, _, err = l.openCheckpoint("checkpoint", "next.key")
	say("checkpoint with the next key", err)
	if err = l.readEntries(); err != nil {
		say("entries", err)
		return false
	}
	say("entries", nil)
	say("tiles", l.checkTiles())
	say("growth", l.checkGrowth())
	say("proofs from tiles", l.checkProvesFromTiles())
	say("proofs", l.checkProofs())
	say("older checkpoint", l.checkOlder())
	say("witness", l.checkWitness())
	say("proof file", l.checkProofFile())
	say("receipt", l.checkNote("receipt", "ledger.key"))
	return good
}

// The ledger of before is the beginning of this one.
func (l *ledger) checkSeen() error {
	if _, err := os.Stat(filepath.Join(l.folder, "seen")); err != nil {
		return nil // for the first time
	}
	size, root, err := l.openCheckpoint("seen", "ledger.key")
	if err != nil {
		return err
	}
	if size > l.size {
		return errors.New("entries are gone")
	}
	if size == l.size && root != l.root {
		return errors.New("there are other entries")
	}
	if size == l.size {
		return nil
	}
	reader := tlog.TileHashReader(tlog.Tree{N: l.size, Hash: l.root}, l)
	proof, err := tlog.ProveTree(l.size, size, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, l.size, l.root, size, root)
}

func witness(folder string) bool {
	l := &ledger{folder: folder}
	l.origin = strings.TrimSpace(string(l.file("origin")))
	l.url = strings.TrimSpace(string(l.file("url")))
	seen := l.file("checkpoint")
	good := true
	for _, step := range []struct {
		what string
		run  func() error
	}{
		{"checkpoint", func() (err error) {
			l.size, l.root, err = l.openCheckpoint("checkpoint", "ledger.key")
			return err
		}},
		{"continues", l.checkSeen},
		{"entries", l.readEntries},
		{"tiles", l.checkTiles},
		{"proofs from tiles", l.checkProvesFromTiles},
	} {
		if err := step.run(); err != nil {
			fmt.Println("not ok", step.what+":", err)
			good = false
			break
		}
		fmt.Println("ok", step.what)
	}
	if good {
		fmt.Println("entries", l.size)
		for _, at := range l.keys {
			fmt.Println("the key was changed by entry", at)
		}
		must(os.WriteFile(filepath.Join(folder, "seen"), seen, 0o666))
	}
	return good
}

func must(err error) {
	if err != nil {
		fmt.Println("not ok", err)
		os.Exit(1)
	}
}

func signed(folder, text, private, public string) {
	signer, err := note.NewSigner(private)
	must(err)
	message, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	must(os.WriteFile(filepath.Join(folder, "go.note"), message, 0o666))
	must(os.WriteFile(filepath.Join(folder, "go.key"), []byte(public+"\n"), 0o666))
}

func main() {
	if len(os.Args) != 3 {
		fmt.Println("check verify|sign|checkpoint|witness FOLDER")
		os.Exit(2)
	}
	l := &ledger{folder: os.Args[2], origin: "example.org/ledger"}
	switch os.Args[1] {
	case "verify":
		if !verify(l.folder) {
			os.Exit(1)
		}
	case "witness":
		if !witness(l.folder) {
			os.Exit(1)
		}
	case "sign":
		private, public, err := note.GenerateKey(rand.Reader, "example.org/go")
		must(err)
		signed(l.folder, "signed by Go\n\nin three lines\n", private, public)
	case "checkpoint":
		message := string(l.file("checkpoint"))
		text := message[:strings.LastIndex(message, "\n\n")+1]
		signed(l.folder, text, string(l.file("ledger.private")), string(l.file("ledger.key")))
	}
}
