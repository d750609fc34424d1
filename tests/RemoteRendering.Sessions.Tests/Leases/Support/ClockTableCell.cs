using System.Globalization;

namespace RemoteRendering.Sessions.Tests.Leases.Support;

/// <summary>How the end of one lease was noticed. All times are the service's, since Ready.</summary>
internal sealed class ClockTableCell(TimeSpan lease)
{
    private TimeSpan? _disturbed;
    private TimeSpan? _doubted;
    private TimeSpan? _lost;
    private bool _claimedTooMuch;

    public bool IsOver => _lost is not null;

    /// <summary>
    /// Gets a value indicating whether the device never took the lease for alive when it was over, and said so in the end.
    /// </summary>
    public bool IsNoticed => !_claimedTooMuch && _lost is not null;

    public string Description
    {
        get
        {
            if (_doubted is { } doubted)
            {
                string when = doubted == _disturbed ? "at once" : Seconds(doubted - (_disturbed ?? TimeSpan.Zero)) + " later";
                string end = doubted >= lease ? ", the lease was over" : string.Empty;
                return $"in doubt {when}{end}; given up {Seconds(_lost!.Value - doubted)} later";
            }

            return $"given up {Seconds(lease - _lost!.Value)} before the end";
        }
    }

    public void Disturbed(TimeSpan service) => _disturbed = service;

    public void Looked(TimeSpan service, TimeSpan? untilLost)
    {
        if (untilLost <= TimeSpan.Zero)
        {
            _lost ??= service;
        }
    }

    public void Read(TimeSpan service, RenderingSessionLease read)
    {
        if (read.IsInDoubt)
        {
            _doubted ??= service;
        }

        // Nothing may be promised beyond the end; and once it has come, doubt or loss must have been told.
        TimeSpan promised = read.RemainingAtLeast ?? TimeSpan.Zero;
        _claimedTooMuch |= promised > TimeSpan.Zero && service + promised > lease;
        _claimedTooMuch |= service >= lease && _doubted is null && _lost is null;
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
