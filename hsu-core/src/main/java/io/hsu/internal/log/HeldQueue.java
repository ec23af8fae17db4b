package io.hsu.internal.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a port holds for its sink, and who waits until it is less. Used under the port's lock. */
final class HeldQueue {

    private final long capacity;
    private final Deque<Held> pieces = new ArrayDeque<>(1);
    private long size;
    private CompletableFuture<Void> room = SinkPort.GO_ON;
    /** Of those who wait even while the sink fails. */
    private CompletableFuture<Void> patientRoom = SinkPort.GO_ON;

    /** @param capacity from how many bytes on whoever brings more is to wait */
    HeldQueue(long capacity) {
        this.capacity = capacity;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    boolean isFull() {
        return size >= capacity;
    }

    /** {@return whether a piece of that size fits} One always does, whatever its size. */
    boolean hasRoomFor(long more) {
        return size == 0 || size + more <= capacity;
    }

    Held first() {
        return pieces.peekFirst();
    }

    /** It comes again. */
    void addFirst(Held piece) {
        pieces.addFirst(piece);
        size += piece.size();
    }

    void addLast(Held piece) {
        pieces.addLast(piece);
        size += piece.size();
    }

    /** {@return completed when half of it is free} */
    CompletableFuture<Void> awaitRoom(boolean patient) {
        if (patient) {
            patientRoom = patientRoom.isDone() ? new CompletableFuture<>() : patientRoom;
            return patientRoom;
        }
        room = room.isDone() ? new CompletableFuture<>() : room;
        return room;
    }

    /** Takes the first piece out, if it was not given up meanwhile. {@return tells who waits; to be done without the lock} */
    Runnable removeFirst() {
        if (!pieces.isEmpty()) {
            size -= pieces.removeFirst().size();
        }
        return size <= capacity / 2 ? letGo(true) : HeldQueue::nobody;
    }

    /** {@return tells those who wait that they need not; to be done without the lock} */
    Runnable letGo(boolean patientOnesToo) {
        CompletableFuture<Void> waiting = room;
        CompletableFuture<Void> patient = patientOnesToo ? patientRoom : SinkPort.GO_ON;
        if (waiting.isDone() && patient.isDone()) {
            return HeldQueue::nobody;
        }
        room = SinkPort.GO_ON;
        patientRoom = patientOnesToo ? SinkPort.GO_ON : patientRoom;
        return () -> {
            waiting.complete(null);
            patient.complete(null);
        };
    }

    private static void nobody() {}

    /** Takes out all. */
    List<Held> clear() {
        List<Held> all = new ArrayList<>(pieces);
        pieces.clear();
        size = 0;
        return all;
    }
}
