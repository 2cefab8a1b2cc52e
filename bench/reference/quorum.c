/*
 * The yardstick of `npm run bench`: the reference workload (docs/performance.md) in plain C, as one would write it by hand.
 *
 * A coordinator sends every operation to all N replicas over links with exponential delays of mean 1 ms. A write is
 * acknowledged by its W-th acknowledgement; a read is answered by its R-th reply with the newest version among the first R,
 * and is stale if that is older than the newest version whose write was acknowledged before the read began. Arrivals are
 * Poisson, half of them writes, keys uniform. An operation is 1 arrival, N deliveries and N answers: with N = 3 seven events.
 *
 *   cc -O2 -o quorum quorum.c -lm && ./quorum N W R KEYS RATE_PER_MS OPERATIONS SEED
 *
 * It prints one JSON object: counters, percentiles in milliseconds, events, seconds, events per second.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- random numbers: xoshiro128** (Blackman and Vigna 2018), seeded by splitmix32 ---- */

static uint32_t random_state[4];

static uint32_t split(uint32_t *state)
{
    *state += 0x9e3779b9u;
    uint32_t word = *state ^ (*state >> 16);
    word *= 0x21f0aaadu;
    word = (word ^ (word >> 15)) * 0x735a2d97u;
    return word ^ (word >> 15);
}

static void seed_random(uint32_t seed)
{
    for (int index = 0; index < 4; index++)
        random_state[index] = split(&seed);
}

static inline uint32_t random_integer(void)
{
    uint32_t *s = random_state;
    uint32_t product = s[1] * 5u;
    uint32_t result = ((product << 7) | (product >> 25)) * 9u;
    uint32_t shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >> 21);
    return result;
}

static inline uint32_t random_below(uint32_t limit)
{
    return (uint32_t)(random_integer() * 0x1p-32 * limit);
}

static inline double random_exponential(void)
{
    return -log((random_integer() | 1u) * 0x1p-32);
}

/* ---- the future: a 4-ary heap by (time, sequence) ---- */

struct event {
    double time;
    uint32_t sequence;
    uint32_t payload;
};

static struct event *heap;
static uint32_t heap_size, heap_capacity, next_sequence, pending_most;

static inline int is_earlier(const struct event *one, const struct event *other)
{
    return one->time < other->time || (one->time == other->time && one->sequence < other->sequence);
}

static void schedule(double time, uint32_t payload)
{
    if (heap_size == heap_capacity) {
        heap_capacity = heap_capacity == 0 ? 1024 : 2 * heap_capacity;
        heap = realloc(heap, heap_capacity * sizeof *heap);
        if (heap == NULL) abort();
    }
    struct event event = {time, next_sequence++, payload};
    uint32_t place = heap_size++;
    if (heap_size > pending_most) pending_most = heap_size;
    while (place > 0) {
        uint32_t parent = (place - 1) / 4;
        if (!is_earlier(&event, &heap[parent])) break;
        heap[place] = heap[parent];
        place = parent;
    }
    heap[place] = event;
}

static struct event take_earliest(void)
{
    struct event earliest = heap[0];
    struct event last = heap[--heap_size];
    uint32_t place = 0;
    for (;;) {
        uint32_t child = 4 * place + 1;
        if (child >= heap_size) break;
        uint32_t end = child + 4 < heap_size ? child + 4 : heap_size;
        uint32_t best = child;
        for (uint32_t other = child + 1; other < end; other++)
            if (is_earlier(&heap[other], &heap[best])) best = other;
        if (!is_earlier(&heap[best], &last)) break;
        heap[place] = heap[best];
        place = best;
    }
    heap[place] = last;
    return earliest;
}

/* ---- latencies: a log-linear histogram, 128 steps an octave ---- */

#define TICKS_PER_MS 65536.0
#define BUCKETS 4096

static uint32_t read_latency[BUCKETS], write_latency[BUCKETS];

static inline uint32_t bucket_of(uint32_t ticks)
{
    if (ticks < 256) return ticks;
    uint32_t octave = 24 - (uint32_t)__builtin_clz(ticks);
    return (octave << 7) + (ticks >> octave);
}

static inline void record(uint32_t *histogram, double ms)
{
    histogram[bucket_of((uint32_t)(ms * TICKS_PER_MS))]++;
}

/* The middle of the bucket that holds the sample of that rank. */
static double percentile(const uint32_t *histogram, double share)
{
    uint64_t count = 0, seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) count += histogram[bucket];
    uint64_t rank = (uint64_t)ceil(share * (double)count);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
        seen += histogram[bucket];
        if (seen < rank || histogram[bucket] == 0) continue;
        if (bucket < 256) return (bucket + 0.5) / TICKS_PER_MS;
        int octave = (bucket >> 7) - 1;
        return ldexp(bucket - octave * 128 + 0.5, octave) / TICKS_PER_MS;
    }
    return 0;
}

/* ---- the model ---- */

#define REPLICAS_MOST 16
#define REPLICA_BITS 4
#define KIND_BITS 2

enum kind { ARRIVAL, DELIVERY, ANSWER };

struct operation {
    double start;
    uint32_t is_write;
    uint32_t key;
    uint32_t version;   /* written: its own; read: the newest acknowledged as it began */
    uint32_t newest;    /* the newest version among the first R replies */
    uint32_t replies;
    uint32_t next_idle;
};

static uint32_t replicas, write_quorum, read_quorum, keys, operations_wanted;
static double rate_per_ms;
static struct operation *operations;
static uint32_t *carried;       /* [operation * replicas + replica]: the version in the reply on its way */
static uint32_t operations_known, operations_capacity, idle = UINT32_MAX;
static uint32_t *stored;        /* [replica * keys + key]: the newest version there */
static uint32_t *last_written;  /* [key]: the newest version given to a write */
static uint32_t *acknowledged;  /* [key]: the newest version whose write was acknowledged */
static uint64_t issued, events, reads, writes, stale_reads, versions_behind;

static inline uint32_t payload_of(enum kind kind, uint32_t replica, uint32_t operation)
{
    return (operation << (REPLICA_BITS + KIND_BITS)) | (replica << KIND_BITS) | kind;
}

static uint32_t begin_operation(void)
{
    uint32_t found = idle;
    if (found != UINT32_MAX) {
        idle = operations[found].next_idle;
        return found;
    }
    if (operations_known == operations_capacity) {
        operations_capacity = operations_capacity == 0 ? 1024 : 2 * operations_capacity;
        operations = realloc(operations, operations_capacity * sizeof *operations);
        carried = realloc(carried, (size_t)operations_capacity * replicas * sizeof *carried);
        if (operations == NULL || carried == NULL) abort();
    }
    return operations_known++;
}

static void on_arrival(double now)
{
    uint32_t index = begin_operation();
    struct operation *operation = &operations[index];
    operation->start = now;
    operation->is_write = (random_integer() >> 31) == 0;
    operation->key = random_below(keys);
    operation->version = operation->is_write ? ++last_written[operation->key] : acknowledged[operation->key];
    operation->newest = 0;
    operation->replies = 0;
    for (uint32_t replica = 0; replica < replicas; replica++)
        schedule(now + random_exponential(), payload_of(DELIVERY, replica, index));
    if (++issued < operations_wanted)
        schedule(now + random_exponential() / rate_per_ms, payload_of(ARRIVAL, 0, 0));
}

static void on_delivery(double now, uint32_t index, uint32_t replica)
{
    struct operation *operation = &operations[index];
    uint32_t *version = &stored[replica * keys + operation->key];
    if (!operation->is_write)
        carried[index * replicas + replica] = *version;
    else if (*version < operation->version)
        *version = operation->version;
    schedule(now + random_exponential(), payload_of(ANSWER, replica, index));
}

static void on_acknowledgement(double now, struct operation *write)
{
    if (write->replies != write_quorum) return;
    writes++;
    record(write_latency, now - write->start);
    if (acknowledged[write->key] < write->version) acknowledged[write->key] = write->version;
}

static void on_reply(double now, struct operation *read, uint32_t version)
{
    if (read->replies <= read_quorum && version > read->newest) read->newest = version;
    if (read->replies != read_quorum) return;
    reads++;
    record(read_latency, now - read->start);
    if (read->newest >= read->version) return;
    stale_reads++;
    versions_behind += read->version - read->newest;
}

static void on_answer(double now, uint32_t index, uint32_t replica)
{
    struct operation *operation = &operations[index];
    operation->replies++;
    if (operation->is_write) on_acknowledgement(now, operation);
    else on_reply(now, operation, carried[index * replicas + replica]);
    if (operation->replies != replicas) return;
    operation->next_idle = idle;
    idle = index;
}

static void play(void)
{
    schedule(random_exponential() / rate_per_ms, payload_of(ARRIVAL, 0, 0));
    for (; heap_size > 0; events++) {
        struct event event = take_earliest();
        uint32_t replica = (event.payload >> KIND_BITS) & ((1u << REPLICA_BITS) - 1);
        uint32_t operation = event.payload >> (REPLICA_BITS + KIND_BITS);
        switch (event.payload & ((1u << KIND_BITS) - 1)) {
        case ARRIVAL: on_arrival(event.time); break;
        case DELIVERY: on_delivery(event.time, operation, replica); break;
        case ANSWER: on_answer(event.time, operation, replica); break;
        }
    }
}

static void *zeros(size_t count)
{
    void *memory = calloc(count, sizeof(uint32_t));
    if (memory == NULL) abort();
    return memory;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void print_latency(const char *name, const uint32_t *histogram)
{
    printf("\"%s\":{\"p50\":%.6f,\"p99\":%.6f,\"p999\":%.6f},", name, percentile(histogram, 0.5),
           percentile(histogram, 0.99), percentile(histogram, 0.999));
}

int main(int count, char **arguments)
{
    if (count != 8) {
        fprintf(stderr, "usage: %s N W R KEYS RATE_PER_MS OPERATIONS SEED\n", arguments[0]);
        return 2;
    }
    replicas = (uint32_t)atoi(arguments[1]);
    write_quorum = (uint32_t)atoi(arguments[2]);
    read_quorum = (uint32_t)atoi(arguments[3]);
    keys = (uint32_t)atoi(arguments[4]);
    rate_per_ms = atof(arguments[5]);
    operations_wanted = (uint32_t)atoi(arguments[6]);
    if (replicas < 1 || replicas > REPLICAS_MOST || write_quorum < 1 || write_quorum > replicas || read_quorum < 1 ||
        read_quorum > replicas || keys < 1 || !(rate_per_ms > 0) || operations_wanted < 1) {
        fprintf(stderr, "1 <= W, R <= N <= %d, and at least one key, a rate and one operation\n", REPLICAS_MOST);
        return 2;
    }
    double began = seconds_now();
    seed_random((uint32_t)atoi(arguments[7]));
    stored = zeros((size_t)replicas * keys);
    last_written = zeros(keys);
    acknowledged = zeros(keys);
    play();
    double seconds = seconds_now() - began;
    printf("{\"reads\":%llu,\"writes\":%llu,\"staleReads\":%llu,\"versionsBehind\":%llu,", (unsigned long long)reads,
           (unsigned long long)writes, (unsigned long long)stale_reads, (unsigned long long)versions_behind);
    print_latency("readMs", read_latency);
    print_latency("writeMs", write_latency);
    printf("\"pendingMost\":%u,\"events\":%llu,\"seconds\":%.6f,\"eventsPerSecond\":%.0f}\n", pending_most,
           (unsigned long long)events, seconds, (double)events / seconds);
    return 0;
}
