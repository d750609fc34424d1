using System.Net;

namespace RemoteRendering.Sessions.Emulator.Hosting;

/// <summary>The ports at which the emulator listens.</summary>
/// <param name="Address">The address; null for this machine only.</param>
/// <param name="Http">The port for plain HTTP; null for none, 0 lets the system choose.</param>
/// <param name="Https">The port for HTTPS, likewise.</param>
internal readonly record struct ListeningPorts(IPAddress? Address, int? Http, int? Https);
