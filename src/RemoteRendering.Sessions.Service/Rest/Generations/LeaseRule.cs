using RemoteRendering.Sessions.Protocol.Service;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>What a lease may be, with the texts of the service.</summary>
internal static class LeaseRule
{
    /// <summary>Checks a lease; the first text is as recorded.</summary>
    /// <param name="name">The member it came in.</param>
    /// <param name="minutes">The lease.</param>
    public static int Check(string name, long minutes)
    {
        if (minutes < 0)
        {
            throw new BodyRefusedException($"The {name} value cannot be negative.");
        }

        return minutes <= LeaseLimits.MaxMinutes
            ? (int)minutes
            : throw new BodyRefusedException($"The {name} value cannot be greater than {LeaseLimits.MaxMinutes} minutes.");
    }
}
