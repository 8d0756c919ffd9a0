using Lastro.Core.Ledger;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>
/// Tells whether an account's money may have changed since it was read. A transaction beats before it writes its first posting, and rests
/// when its connection goes back, after the commit or the rollback: whoever finds the beat of before has missed nothing in between. Every
/// writer goes through <see cref="LedgerWriter"/>, so none can forget it; what was never at rest is merely read again. Accounts share a
/// fixed number of places: a neighbour's beat costs a reading, never an answer that is too old.
/// </summary>
internal static class LedgerPulse
{
    private const int Places = 8_192;

    // Of the process, as the writer is: several hosts in one process only disturb one another's neighbours.
    private static readonly long[] _begun = new long[Places];
    private static readonly long[] _ended = new long[Places];

    /// <summary>The beat a reading that starts now may be kept under; null while a transaction is on its way.</summary>
    public static long? Quiet(Guid account)
    {
        // In this order: both only rise, so that what ended is everything that had begun.
        var ended = Volatile.Read(ref _ended[Place(account)]);
        return Volatile.Read(ref _begun[Place(account)]) == ended ? ended : null;
    }

    /// <summary>True when no transaction has begun since.</summary>
    public static bool Since(Guid account, long beat) => Volatile.Read(ref _begun[Place(account)]) == beat;

    /// <summary>The transaction on this connection is about to change these accounts.</summary>
    public static void Begin(NpgsqlConnection connection, IReadOnlyList<Journal> journals)
    {
        var places = new HashSet<int>();
        foreach (var journal in journals)
        {
            foreach (var posting in journal.Postings)
            {
                // The house has no balances; its beat would be everybody's.
                if (posting.Account != House.Issuer && posting.Account != House.Market && posting.Account != House.Fees) _ = places.Add(Place(posting.Account));
            }
        }

        foreach (var place in places) Interlocked.Increment(ref _begun[place]);
        connection.StateChange += Ended;

        void Ended(object sender, System.Data.StateChangeEventArgs change)
        {
            if (change.CurrentState != System.Data.ConnectionState.Closed) return;
            connection.StateChange -= Ended;
            foreach (var place in places) Interlocked.Increment(ref _ended[place]);
        }
    }

    private static int Place(Guid account) => account.GetHashCode() & (Places - 1);
}
