namespace SalesOps.Api.Access;

/// <summary>Whose rows a caller gets to.</summary>
internal enum Reach
{
    /// <summary>Those of the rep that the caller is.</summary>
    Own,

    /// <summary>Those of the caller and of everybody who reports to the caller, over others or not, at the time asked for.</summary>
    Subtree,

    /// <summary>Those of the whole tenant.</summary>
    All,
}
