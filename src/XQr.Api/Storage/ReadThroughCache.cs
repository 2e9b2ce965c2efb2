using XQr.Api.Primitives;

namespace XQr.Api.Storage;

/// <summary>The ages up to which cached values are used.</summary>
/// <param name="Fresh">The age up to which a value is used as it is.</param>
/// <param name="Usable">The age up to which a value is used while it is read again in the background. For an older value the caller waits.</param>
/// <param name="OnOutage">The age up to which a value is used if storage does not answer; zero for never.</param>
internal sealed record CacheAges(TimeSpan Fresh, TimeSpan Usable, TimeSpan OnOutage);

/// <summary>
/// Caches values of storage for some seconds, including missing ones. Concurrent callers of a key share one read. The cache is bounded,
/// see <see cref="BoundedCache{TValue}"/>.
/// </summary>
internal sealed class ReadThroughCache<TValue>
    where TValue : class
{
    /// <summary>The estimated bytes of an entry without its value: the key, the entry of the dictionary and the last read.</summary>
    private const int EntryBytes = 500;

    /// <summary>The time that a caller waits for storage before it gets an aged value.</summary>
    private static readonly TimeSpan RefreshTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The time for which an unused value stays at least. It covers every <see cref="CacheAges.OnOutage"/>.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromHours(1);

    private readonly BoundedCache<Slot> slots;
    private readonly Func<string, Slot> newSlot;
    private readonly CacheAges ages;
    private readonly TimeProvider time;

    /// <summary>Initializes a new instance of the <see cref="ReadThroughCache{TValue}"/> class.</summary>
    /// <param name="read">Reads the value of a key.</param>
    /// <param name="ages">The ages up to which values are used.</param>
    /// <param name="capacity">The maximum number of entries; with <paramref name="bytesOf"/>, of the bytes of all entries.</param>
    /// <param name="time">The clock.</param>
    /// <param name="bytesOf">Estimates the bytes of a value; null if all values are small.</param>
    public ReadThroughCache(
        Func<string, CancellationToken, Task<TValue?>> read,
        CacheAges ages,
        long capacity,
        TimeProvider time,
        Func<TValue, long>? bytesOf = null)
    {
        (this.ages, this.time) = (ages, time);
        Func<Slot, long>? sizeOf = bytesOf is null ? null : slot => EntryBytes + (slot.Value?.Content is { } value ? bytesOf(value) : 0);
        slots = new(capacity, IdleTimeout, time, sizeOf);
        newSlot = key => new(key, read, slot => slots.Resize(key, slot), time);
    }

    /// <summary>Returns the value of a key; null if storage has none.</summary>
    public ValueTask<TValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var slot = slots.GetOrAdd(key, newSlot);
        if (slot.Value is { } value)
        {
            var age = time.GetElapsedTime(value.ReadAt);
            if (age < ages.Fresh)
            {
                return new(value.Content);
            }

            if (age < ages.Usable || (age < ages.OnOutage && slot.IsPutOff))
            {
                if (!slot.IsPutOff)
                {
                    _ = slot.ReadAsync();
                }

                return new(value.Content);
            }
        }

        return new(WaitAsync(slot, cancellationToken));
    }

    /// <summary>Returns the last value of a key, of any age; null if there is none.</summary>
    public TValue? Peek(string key) => slots.TryGet(key, out var slot) ? slot.Value?.Content : null;

    /// <summary>Gets the estimated bytes of all entries, or their number.</summary>
    public long Size => slots.Size;

    /// <summary>Removes a key, so that the next caller reads it from storage.</summary>
    public void Forget(string key) => slots.Remove(key);

    private async Task<TValue?> WaitAsync(Slot slot, CancellationToken cancellationToken)
    {
        try
        {
            await slot.ReadAsync().WaitAsync(MayAnswer(slot) ? RefreshTimeout : Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsOutage(exception) && !cancellationToken.IsCancellationRequested && MayAnswer(slot))
        {
            // An aged value is better than an error. The next callers get it without this wait.
            slot.PutOff();
        }

        return slot.Value!.Content;
    }

    private bool MayAnswer(Slot slot) => slot.Value is { } value && time.GetElapsedTime(value.ReadAt) < ages.OnOutage;

    private sealed record Aged(TValue? Content, long ReadAt);

    private sealed class Slot(string key, Func<string, CancellationToken, Task<TValue?>> read, Action<Slot> hasChanged, TimeProvider time)
    {
        private readonly Lock gate = new();
        private Task? reading;
        private long retryAt;

        public Aged? Value { get; private set; }

        /// <summary>Gets whether storage failed within the last second, so that the next read can wait.</summary>
        public bool IsPutOff => time.GetTimestamp() < Volatile.Read(ref retryAt);

        public void PutOff() => Volatile.Write(ref retryAt, time.GetTimestamp() + time.TimestampFrequency);

        /// <summary>Reads the value, or returns the read that is running.</summary>
        public Task ReadAsync()
        {
            lock (gate)
            {
                return reading is { IsCompleted: false } ? reading : reading = RunAsync();
            }
        }

        private async Task RunAsync()
        {
            // The age counts from the start of the read. The read goes on if its first caller is cancelled, because others wait for it too.
            var startedAt = time.GetTimestamp();
            try
            {
                Value = new(await read(key, CancellationToken.None), startedAt);
                hasChanged(this);
            }
            catch
            {
                PutOff();
                throw;
            }
        }
    }
}
