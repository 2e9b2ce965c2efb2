namespace XQr.Api.Storage;

/// <summary>How long what a cache holds may be used.</summary>
/// <param name="Fresh">Up to this age a value is used as it is.</param>
/// <param name="Usable">Up to this age it is used while it is read again in the background; older, the caller waits for that.</param>
/// <param name="OnOutage">Up to this age it is used where storage doesn't answer; zero for never.</param>
internal sealed record CacheAges(TimeSpan Fresh, TimeSpan Usable, TimeSpan OnOutage);

/// <summary>
/// Keeps what was read from storage for some seconds, also that there was nothing to read. One read at a time goes out for a key,
/// whoever asks for it. Bounded, see <see cref="Generations{TValue}"/>.
/// </summary>
internal sealed class ReadThroughCache<TValue>(
    Func<string, CancellationToken, Task<TValue?>> read, CacheAges ages, int capacity, TimeProvider time)
    where TValue : class
{
    /// <summary>How long a caller who could have an aged value waits for storage before taking it.</summary>
    private static readonly TimeSpan RefreshTimeout = TimeSpan.FromSeconds(1);

    private readonly Generations<Slot> slots = new(capacity);
    private readonly Func<string, Slot> newSlot = key => new(key, read, time);

    /// <summary>The value of a key, null where storage has none.</summary>
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

    /// <summary>The value of a key as it was read last, however long ago; null where that isn't known, or was nothing.</summary>
    public TValue? Peek(string key) => slots.TryGet(key, out var slot) ? slot.Value?.Content : null;

    /// <summary>Forgets a key, so that the next caller reads it from storage.</summary>
    public void Forget(string key) => slots.Remove(key);

    private async Task<TValue?> WaitAsync(Slot slot, CancellationToken cancellationToken)
    {
        try
        {
            await slot.ReadAsync().WaitAsync(MayAnswer(slot) ? RefreshTimeout : Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsOutage(exception) && !cancellationToken.IsCancellationRequested && MayAnswer(slot))
        {
            // Better an aged answer than none, and the next callers need not wait for it as long as this one did.
            slot.PutOff();
        }

        return slot.Value!.Content;
    }

    private bool MayAnswer(Slot slot) => slot.Value is { } value && time.GetElapsedTime(value.ReadAt) < ages.OnOutage;

    private sealed record Aged(TValue? Content, long ReadAt);

    private sealed class Slot(string key, Func<string, CancellationToken, Task<TValue?>> read, TimeProvider time)
    {
        private readonly Lock gate = new();
        private Task? reading;
        private long retryAt;

        public Aged? Value { get; private set; }

        /// <summary>Whether storage failed a moment ago, so that asking it again can wait.</summary>
        public bool IsPutOff => time.GetTimestamp() < Volatile.Read(ref retryAt);

        public void PutOff() => Volatile.Write(ref retryAt, time.GetTimestamp() + time.TimestampFrequency);

        /// <summary>Reads the value, or joins who is reading it.</summary>
        public Task ReadAsync()
        {
            lock (gate)
            {
                return reading is { IsCompleted: false } ? reading : reading = RunAsync();
            }
        }

        private async Task RunAsync()
        {
            // The age counts from before the read, and the read doesn't end with the caller that began it: others wait for it too.
            var startedAt = time.GetTimestamp();
            try
            {
                Value = new(await read(key, CancellationToken.None), startedAt);
            }
            catch
            {
                PutOff();
                throw;
            }
        }
    }
}
