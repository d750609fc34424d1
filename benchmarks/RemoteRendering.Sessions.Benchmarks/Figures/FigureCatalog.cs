namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Every figure there is.</summary>
internal static class FigureCatalog
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        new RestReadFigure(),
        new RestUpdateFigure(),
        new RestCreateFigure(),
        new TokenCacheHitFigure(),
        new List1000Figure(),
        new RestMemoryFigure(),
        new EmulatorStartFigure(),
        new Emulator100kFigure(),
        new ReconnectFigure(),
        new FlappingFigure(),
        new RoundTripFigure(),
        new IdleConnectionFigure(),
        new KeepAliveAllocationFigure(),
        new StateChangeAllocationFigure(),
        new LeaseCostFigure(),
        new NoticeReadyFigure(),
        new Watch10000Figure(),
        new RenewalBlackHoledFigure(),
        new PoolTakeFigure(),
        new RayCastFigure(),
        new FrameFigure(),
        new LoadModelFigure(),
        new SceneWritesFigure(),
        new SceneBatchFigure(),
    ];
}
