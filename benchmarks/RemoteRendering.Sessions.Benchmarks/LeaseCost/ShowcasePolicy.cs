namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The showcase app: 20 minutes more when 20 are left, only while connected; remaining time as of the last read.</summary>
internal sealed class ShowcasePolicy : LeasePolicy
{
    private int _nextRead;
    private int _tries;

    public override int FirstLease => 30;

    protected override (bool Sends, int? Minutes) Decide(int second, bool isConnected)
    {
        if (isConnected && LastAnswer >= 0 && _tries < 10 && LastAnswer + ((LastLease - LastElapsed) * 60) - second <= 1_200)
        {
            _tries++;
            return (true, LastLease + 20);
        }

        if (second >= _nextRead)
        {
            _tries = 0;
            _nextRead = second + 15;
            return (true, null);
        }

        return (false, null);
    }
}
