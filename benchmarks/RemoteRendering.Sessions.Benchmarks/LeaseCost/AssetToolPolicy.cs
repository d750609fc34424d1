namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// The asset tool with its default of 10 minutes: at each read, when no more than that is left, the lease becomes what has passed and 11.
/// </summary>
internal sealed class AssetToolPolicy : LeasePolicy
{
    private int _nextRead;
    private bool _fresh;

    protected override (bool Sends, int? Minutes) Decide(int second, bool isConnected)
    {
        if (_fresh && LastLease - LastElapsed <= 10)
        {
            _fresh = false;
            return (true, LastElapsed + 11);
        }

        _fresh = false;
        if (second >= _nextRead)
        {
            _nextRead = second + (isConnected ? 15 : 10);
            return (true, null);
        }

        return (false, null);
    }

    protected override void Answered(int second, bool succeeded) => _fresh = succeeded;
}
