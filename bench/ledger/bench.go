// The measures of bench/ledger_bench.c with golang.org/x/mod/sumdb/tlog and note.
//
// What is unequal: tlog.StoredHashes keeps every hash of the tree, two for an entry, so that it has
// nothing to hash again for a proof; ours keeps tiles, one and a bit. Proofs are made here both ways;
// from tiles by tlog.TileHashReader, which also authenticates the tiles that it reads.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	proofs     = 20000
	tileProofs = 200
	signatures = 2000
	entryBytes = 43
)

type store []tlog.Hash

func (s store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(s)) {
			return nil, errors.New("no such hash")
		}
		out[i] = s[index]
	}
	return out, nil
}

// Tiles, made once before the clock runs.
type tiles map[tlog.Tile][]byte

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range wanted {
		out = append(out, t[tile])
	}
	return out, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func nanoseconds() int64 {
	var used syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return used.Utime.Nano() + used.Stime.Nano()
}

func say(name string, from int64, count int64) {
	fmt.Printf("%s %.1f\n", name, float64(nanoseconds()-from)/float64(count))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func makeEntries(count int64) []byte {
	entries := make([]byte, count*entryBytes)
	for i := int64(0); i < count; i++ {
		entry := entries[i*entryBytes : (i+1)*entryBytes]
		entry[0], entry[2] = 1, 1
		binary.BigEndian.PutUint64(entry[3:], uint64(i))
		copy(entry[11:], bytes.Repeat([]byte{byte(i % 251)}, 32))
	}
	return entries
}

func measureProofs(hashes store, entries []byte, count int64, root tlog.Hash) {
	made := make([]tlog.RecordProof, proofs)
	from := nanoseconds()
	for i := int64(0); i < proofs; i++ {
		proof, err := tlog.ProveRecord(count, i*7919%count, hashes)
		must(err)
		made[i] = proof
	}
	say("prove-inclusion-from-all-hashes", from, proofs)
	from = nanoseconds()
	for i := int64(0); i < proofs; i++ {
		index := i * 7919 % count
		leaf := tlog.RecordHash(entries[index*entryBytes : (index+1)*entryBytes])
		must(tlog.CheckRecord(made[i], count, root, index, leaf))
	}
	say("verify-inclusion", from, proofs)
	from = nanoseconds()
	for i := int64(0); i < proofs; i++ {
		_, err := tlog.ProveTree(count, 1+i*7919%count, hashes)
		must(err)
	}
	say("prove-consistency-from-all-hashes", from, proofs)
}

func measureTiles(hashes store, count int64, root tlog.Hash) {
	all := tiles{}
	for _, tile := range tlog.NewTiles(8, 0, count) {
		data, err := tlog.ReadTileData(tile, hashes)
		must(err)
		all[tile] = data
	}
	reader := tlog.TileHashReader(tlog.Tree{N: count, Hash: root}, all)
	from := nanoseconds()
	for i := int64(0); i < tileProofs; i++ {
		_, err := tlog.ProveRecord(count, i*7919%count, reader)
		must(err)
	}
	say("prove-inclusion-from-tiles", from, tileProofs)
	from = nanoseconds()
	for i := int64(0); i < tileProofs; i++ {
		_, err := tlog.ProveTree(count, 1+i*7919%count, reader)
		must(err)
	}
	say("prove-consistency-from-tiles", from, tileProofs)
}

func measureSignatures(count int64, root tlog.Hash) {
	private, public, err := note.GenerateKey(rand.New(rand.NewSource(1)), "example.org/ledger")
	must(err)
	signer, err := note.NewSigner(private)
	must(err)
	verifier, err := note.NewVerifier(public)
	must(err)
	text := fmt.Sprintf("example.org/ledger\n%d\n%v\n", count, root)
	var message []byte
	from := nanoseconds()
	for i := 0; i < signatures; i++ {
		message, err = note.Sign(&note.Note{Text: text}, signer)
		must(err)
	}
	say("sign-checkpoint", from, signatures)
	from = nanoseconds()
	for i := 0; i < signatures; i++ {
		_, err := note.Open(message, note.VerifierList(verifier))
		must(err)
	}
	say("open-checkpoint", from, signatures)
}

func main() {
	count, err := strconv.ParseInt(os.Args[1], 10, 64)
	must(err)
	entries := makeEntries(count)
	var hashes store
	from := nanoseconds()
	for i := int64(0); i < count; i++ {
		stored, err := tlog.StoredHashes(i, entries[i*entryBytes:(i+1)*entryBytes], hashes)
		must(err)
		hashes = append(hashes, stored...)
	}
	say("append", from, count)
	root, err := tlog.TreeHash(count, hashes)
	must(err)
	measureProofs(hashes, entries, count, root)
	measureTiles(hashes, count, root)
	measureSignatures(count, root)
	fmt.Printf("root %x\n", root[:])
}
