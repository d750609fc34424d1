using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Leases;

/// <summary>
/// Determines the total of the lease of a session from every answer of the service. The certain total is that of an answer, the possible
/// total that of a request. While the two differ, the lease is in doubt. Not thread-safe: its owner locks.
/// </summary>
/// <remarks>
/// The answer to an update may contain the previous lease, so a smaller value is not accepted immediately. It is accepted after two reads
/// that return it, or one read that is answered 10 seconds later.
/// </remarks>
internal sealed class LeaseTotal(TimeProvider time)
{
    private const int ReadsThatSettle = 2;

    private static readonly TimeSpan LongestStale = TimeSpan.FromSeconds(10);

    private long _since;
    private int _reads;

    /// <summary>Gets the total to report: the largest of all answers, unless later answers have confirmed a smaller one.</summary>
    public TimeSpan? Said { get; private set; }

    /// <summary>Gets the total that is certain.</summary>
    public TimeSpan? AtLeast { get; private set; }

    /// <summary>Gets the total that is possible.</summary>
    public TimeSpan? AtMost { get; private set; }

    /// <summary>
    /// Gets a value indicating whether a larger total was requested than the service returned, or the service returned a smaller one than
    /// before, and no read has confirmed either.
    /// </summary>
    public bool IsInDoubt => AtLeast != AtMost;

    /// <summary>Applies the answer to a read, a list or a create.</summary>
    /// <param name="said">The lease in the answer.</param>
    /// <param name="sent">The moment the request was sent.</param>
    /// <param name="received">The moment the answer arrived.</param>
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
            // The answer to a request that was sent before the larger value was known does not contradict it.
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

    /// <summary>Applies the answer to an update that the service accepted.</summary>
    /// <param name="asked">The requested lease.</param>
    /// <param name="said">The lease in the answer.</param>
    /// <param name="sent">The moment the request was sent.</param>
    /// <param name="received">The moment the answer arrived.</param>
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
