using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Leases;

/// <summary>
/// Decides which total the lease of a session has, from every answer of the service. Certain is what an answer said, possible is what was asked. While the two differ the lease is in doubt. Not
/// thread-safe: its owner locks.
/// </summary>
/// <remarks>
/// The answer to an update was seen to show the lease of before it, so a smaller value is not believed immediately. Two reads that say less, or one that was answered 10 seconds later, are the truth.
/// </remarks>
internal sealed class LeaseTotal(TimeProvider time)
{
    private const int ReadsThatSettle = 2;

    private static readonly TimeSpan LongestStale = TimeSpan.FromSeconds(10);

    private long _since;
    private int _reads;

    /// <summary>Gets the total to show: the largest that an answer said, unless later answers have settled that it is less.</summary>
    public TimeSpan? Said { get; private set; }

    /// <summary>Gets the total that is certain.</summary>
    public TimeSpan? AtLeast { get; private set; }

    /// <summary>Gets the total that is possible.</summary>
    public TimeSpan? AtMost { get; private set; }

    /// <summary>Gets a value indicating whether the service has been asked for more than it said, or has said less than before, and no read has settled it.</summary>
    public bool IsInDoubt => AtLeast != AtMost;

    /// <summary>Takes in the answer to a read, a list or a create.</summary>
    /// <param name="said">The lease in the answer.</param>
    /// <param name="sent">When the request was sent.</param>
    /// <param name="received">When the answer arrived.</param>
    /// <param name="isStale">Whether the answer is known to describe an earlier moment.</param>
    public void Observe(TimeSpan? said, Moment sent, Moment received, bool isStale)
    {
        if (said is not { } lease)
        {
            return;
        }

        if (AtMost is not { } most || lease >= most)
        {
            Settle(lease, received);
            return;
        }

        if (isStale || sent.Timestamp < _since)
        {
            // A request that was sent before the larger value was known says nothing against it.
            return;
        }

        if (!IsInDoubt)
        {
            _since = received.Timestamp;
            _reads = 0;
        }

        _reads++;
        if (_reads >= ReadsThatSettle || time.GetElapsedTime(_since, received.Timestamp) >= LongestStale)
        {
            Settle(lease, received);
            return;
        }

        AtLeast = lease;
        Said = lease > Said ? lease : Said;
    }

    /// <summary>Takes in the answer to an update that the service accepted.</summary>
    /// <param name="asked">The lease that was asked for.</param>
    /// <param name="said">The lease in the answer.</param>
    /// <param name="sent">When the request was sent.</param>
    /// <param name="received">When the answer arrived.</param>
    public void ObserveUpdate(TimeSpan asked, TimeSpan? said, Moment sent, Moment received)
    {
        if (said >= asked)
        {
            Observe(said, sent, received, isStale: false);
            return;
        }

        AtLeast = said ?? AtLeast;
        Said = Said is null || said > Said ? said ?? Said : Said;
        if (AtLeast is null)
        {
            return;
        }

        AtMost = AtMost > asked ? AtMost : asked;
        _since = received.Timestamp;
        _reads = 0;
    }

    private void Settle(TimeSpan lease, Moment received)
    {
        bool isNews = lease != Said || IsInDoubt;
        Said = lease;
        AtLeast = lease;
        AtMost = lease;
        _reads = 0;
        if (isNews)
        {
            _since = received.Timestamp;
        }
    }
}
