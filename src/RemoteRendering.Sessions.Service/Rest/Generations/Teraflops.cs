namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>
/// What the service says about the machines. Standard is as recorded: 10.6 in 2021, 8.1 in 2022. Premium was never recorded; twice Standard
/// is assumed.
/// </summary>
internal static class Teraflops
{
    public static double Of(SessionSize size, ServiceBodyShape shape)
    {
        double standard = shape == ServiceBodyShape.ZerosAndNulls ? 10.6 : 8.1;
        return size == SessionSize.Premium ? 2 * standard : standard;
    }
}
