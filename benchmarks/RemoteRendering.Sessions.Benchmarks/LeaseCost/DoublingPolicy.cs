namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The renewal of early versions that users reported: twice the lease when a quarter of it is left.</summary>
internal sealed class DoublingPolicy : LeasePolicy
{
    private int _nextRead;
    private int _nextTry;

    protected override (bool Sends, int? Minutes) Decide(int second, bool isConnected)
    {
        if (LastAnswer >= 0 && second >= _nextTry && LastAnswer + ((LastLease - LastElapsed) * 60) - second <= LastLease * 15)
        {
            _nextTry = second + 10;
            return (true, LastLease * 2);
        }

        if (second >= _nextRead)
        {
            _nextRead = second + 10;
            return (true, null);
        }

        return (false, null);
    }
}
