using System.Threading.RateLimiting;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Accounts;

/// <summary>Password hashing costs 0.15 s of a core each: at most half the cores hash at once, a bounded number waits, the rest is told to come back.</summary>
internal sealed class Hashing(AccountsOptions options) : IDisposable
{
    private readonly ConcurrencyLimiter _places = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = options.HashQueue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public static Refused Busy { get; } = new(ErrorCode.Busy, Detail: "Too many people sign in at this moment.", RetryAfterSeconds: 2);

    /// <summary>A place to hash in, given back by disposing it; without <see cref="RateLimitLease.IsAcquired"/> answer <see cref="Busy"/>.</summary>
    public ValueTask<RateLimitLease> Enter(CancellationToken cancellation) => _places.AcquireAsync(1, cancellation);

    public void Dispose() => _places.Dispose();
}
