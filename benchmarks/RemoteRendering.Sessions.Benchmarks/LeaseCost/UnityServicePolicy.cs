namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// The Unity service component: 15 minutes more when 5 are left, at most one try a minute, whether connected or not; expiry from the first
/// sight of Ready.
/// </summary>
internal sealed class UnityServicePolicy : LeasePolicy
{
    private int _nextRead;
    private int _nextTry;
    private int? _readyAt;

    protected override (bool Sends, int? Minutes) Decide(int second, bool isConnected)
    {
        if (_readyAt is { } ready && second >= _nextTry && ready + (LastLease * 60) - second <= 300)
        {
            _nextTry = second + 60;
            return (true, LastLease + 15);
        }

        if (second >= _nextRead)
        {
            _nextRead = second + 10;
            return (true, null);
        }

        return (false, null);
    }

    protected override void Answered(int second, bool succeeded)
    {
        if (succeeded)
        {
            _readyAt ??= second - (LastElapsed * 60);
        }
        else
        {
            _nextRead = second + 20;
        }
    }
}
