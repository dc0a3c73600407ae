"""torch.jit.trace and its kin: a program runs once, what it computes becomes a graph, and the graph is checked."""

import functools
import inspect
import re
import warnings

import torch
from torch._C import _tracing
from torch._jit_internal import _qualified_name, is_scripting, module_has_exports
from torch.jit._script import ScriptModule
from torch.nn import Module

# Names of submodules by module while a module is traced; its own entry is under "__module".
_trace_module_map = None


class TracerWarning(Warning):
    """What the tracer says of code that it cannot follow."""

    @staticmethod
    def ignore_lib_warnings():
        """Keeps quiet about torch's own modules, whose checks of shapes warn at every trace."""
        warnings.filterwarnings("ignore", category=TracerWarning, module="torch.(?!jit)", append=True)


TracerWarning.ignore_lib_warnings()


def _indent(text):
    return "\n".join("\t" + line for line in text.splitlines())


class TracingCheckError(Exception):
    """The trace, repeated, gave another graph or other constants."""

    def __init__(self, graph_diff_error, tensor_compare_error, extra_msg=None):
        self.message = "Tracing failed sanity checks!\n"
        if extra_msg is not None:
            self.message += extra_msg + "\n"
        if graph_diff_error is not None:
            self.message += "ERROR: Graphs differed across invocations!\n" + _indent(graph_diff_error) + "\n"
        if tensor_compare_error is not None:
            self.message += (
                "ERROR: Tensor-valued Constant nodes differed in value across invocations. This often indicates "
                "that the tracer has encountered untraceable code.\n"
            )
            self.message += _indent(tensor_compare_error) + "\n"
        super().__init__(self.message)


def is_tracing():
    """Whether a trace is being recorded."""
    if is_scripting():
        return False
    return torch._C._get_tracing_state() is not None


# Arguments.


def _clone_inputs(args):
    """A copy of nested example inputs, so that what the program does to them in place stays with it."""
    if args is None:
        return None
    if isinstance(args, torch.Tensor):
        return args.detach().clone(memory_format=torch.preserve_format).requires_grad_(args.requires_grad)
    if isinstance(args, dict):
        return {key: _clone_inputs(value) for key, value in args.items()}
    if isinstance(args, (list, tuple)):
        copies = [_clone_inputs(value) for value in args]
        return type(args)(*copies) if hasattr(args, "_fields") else type(args)(copies)
    raise ValueError(
        "Auto nesting doesn't know how to process an input object of type "
        f"{torch.typename(args)}. Accepted types: tensors, or lists/tuples of them"
    )


def make_tuple(example_inputs):
    """Example inputs as a tuple: one tensor or dict alone is one argument."""
    if isinstance(example_inputs, (torch.Tensor, dict)):
        return (example_inputs,)
    return example_inputs if isinstance(example_inputs, tuple) else tuple(example_inputs)


def get_callable_argument_names(fn):
    """Names of the parameters that a positional argument can fill."""
    try:
        parameters = inspect.signature(fn).parameters
    except Exception:
        return []
    return [name for name, p in parameters.items() if p.kind == p.POSITIONAL_OR_KEYWORD]


# Modules.


class TracedModule(ScriptModule):
    """What a submodule of a traced module becomes: its parameters, buffers and submodules, and the calls seen of it."""

    _disable_script_meta = True

    def __init__(self, orig, id_set=None, _compilation_unit=None):
        super().__init__()
        if not isinstance(orig, Module):
            raise AssertionError(f"Expected nn.Module, got {type(orig)}")

        # A class of its own, under the name of the original: types of traced modules are never shared.
        class QualnameWrapper(Module):
            pass

        QualnameWrapper._jit_override_qualname = _qualified_name(type(orig))
        copy = QualnameWrapper()
        copy.training = orig.training
        seen = set()

        def check_unique(param):
            if id(param) in seen:
                raise ValueError("TracedModules don't support parameter sharing between modules")
            seen.add(id(param))

        for table in ("_parameters", "_buffers"):
            for name, value in getattr(orig, table).items():
                if value is not None:
                    getattr(copy, table)[name] = value
                    check_unique(value)
        for name, value in orig.__dict__.items():
            if _is_script_object(value) and name not in orig._parameters and name not in orig._buffers:
                setattr(copy, name, value)
        if orig._backward_hooks:
            raise ValueError("Modules that have backward hooks assigned can't be compiled: " + str(orig))
        for name, submodule in orig._modules.items():
            if submodule is not None:
                copy._modules[name] = make_module(submodule, TracedModule)

        self.__dict__["_name"] = type(orig).__name__
        self.__dict__["_actual_script_module"] = script_module = _script_module(copy)
        self.__dict__["_c"] = script_module._c
        for name in ("_parameters", "_buffers", "_modules", "training"):
            self.__dict__.pop(name, None)

    def forward(self, *args, **kwargs):
        raise RuntimeError("Trace submodules cannot be called.")

    def __getattr__(self, attr):
        if "_actual_script_module" not in self.__dict__:
            return super().__getattr__(attr)
        return getattr(self._actual_script_module, attr)

    def __setattr__(self, attr, value):
        if "_actual_script_module" not in self.__dict__:
            super().__setattr__(attr, value)
        else:
            setattr(self._actual_script_module, attr, value)

    def _get_name(self):
        return self._name

    def extra_repr(self):
        return f"original_name={self._name}"


class TopLevelTracedModule(TracedModule):
    """A traced module: the methods that were traced can be called."""

    _disable_script_meta = True

    @property
    def forward(self):
        return self.__getattr__("forward")


def _is_script_object(value):
    return isinstance(value, torch._C.ScriptObject)


def _script_module(copy, exports=False):
    from torch.jit._script import RecursiveScriptModule

    return RecursiveScriptModule(_tracing.create_module(copy, exports), copy)


def make_module(mod, _module_class, _compilation_unit=None):
    """The compiled form of a module that is traced, or of one below it."""
    if isinstance(mod, ScriptModule):
        return mod
    if module_has_exports(mod):
        return _script_module(mod, exports=True)
    return (_module_class or TopLevelTracedModule)(mod)


# The check.


def _diff(old, new):
    import difflib

    return "".join(difflib.ndiff(old.splitlines(True), new.splitlines(True)))


def _place(kind, node):
    stack = node.sourceRange()
    return f"{kind}:\n{_indent(stack)}\n" if stack else ""


def _canonical(function):
    graph = _tracing.canonicalize(function.graph)
    _tracing.inline(graph)
    _tracing.erase_shape_information(graph)
    return graph, re.sub(r"___torch_mangle_[0-9]+\.", "", str(graph))


def _diagnose(traced, repeated):
    """How the graphs differ, and which constants; None for each that is the same."""
    (graph, text), (again, text_again) = _canonical(traced), _canonical(repeated)
    differences = None
    if text != text_again:
        differences = "Graph diff:\n" + _indent(_diff(text, text_again)) + "\n"
        for node, other in zip(graph.nodes(), again.nodes()):
            if str(node) == str(other):
                continue
            differences += "First diverging operator:\n"
            differences += "Node diff:\n" + _indent(_diff(str(node), str(other))) + "\n"
            differences += _place("Trace source location", node) + _place("Check source location", other)
            break
    constants = None
    for node, other in zip(graph.nodes(), again.nodes()):
        if node.kind() != other.kind():
            break
        if node.kind() != "prim::Constant":
            continue
        value, value_again = node.output().toIValue(), other.output().toIValue()
        if not isinstance(value, torch.Tensor) or not isinstance(value_again, torch.Tensor):
            continue
        try:
            torch.testing.assert_close(value, value_again, equal_nan=True)
        except (RuntimeError, AssertionError) as e:
            constants = "Node:\n" + _indent(str(node)) + "\n" + _place("Source Location", node)
            constants += "Comparison exception: " + _indent(str(e))
            break
    return differences, constants


class _Check:
    """One set of inputs run through the trace, the program and a repeated trace."""

    def __init__(self, inputs, traced, repeated, tolerance, by_keyword):
        self.inputs = inputs
        self.traced = traced
        self.repeated = repeated
        self.tolerance = tolerance
        self.by_keyword = by_keyword
        self.has_warned = False

    def outputs(self, function, what):
        try:
            if isinstance(self.inputs, dict) and self.by_keyword:
                result = function(**self.inputs)
            else:
                result = function(*_clone_inputs(self.inputs))
        except Exception as e:
            message = f"encountered an exception while running the {what} with test inputs.\nException:\n{_indent(str(e))}"
            raise TracingCheckError(*_diagnose(self.traced, self.repeated), extra_msg=message) from e
        results = result if isinstance(result, tuple) else (result,)
        return [r for r in results if isinstance(r, torch.Tensor)]

    def _warn_of_randomness(self):
        if self.has_warned:
            return
        self.has_warned = True
        random = [node for node in self.traced.graph.nodes() if node.isNondeterministic()]
        if random:
            nodes = "\n".join([_indent(str(node)) for node in random][:20])
            warnings.warn(
                "Trace had nondeterministic nodes. Did you forget call .eval() on your model? Nodes:\n"
                f"{nodes}\nThis may cause errors in trace checking. To disable trace checking, pass "
                "check_trace=False to torch.jit.trace()",
                category=TracerWarning,
                stacklevel=5,
            )

    def compare(self, original, reference, what):
        """Whether the outputs are close; warns of those that are not."""
        all_close = True
        for i, (out, ref) in enumerate(zip(original, reference)):
            dtype = torch.cdouble if out.is_complex() or ref.is_complex() else torch.double
            try:
                torch.testing.assert_close(
                    out.to(dtype),
                    ref.to(dtype),
                    rtol=self.tolerance,
                    atol=_default_atol(out, ref),
                    equal_nan=True,
                )
            except AssertionError as e:
                self._warn_of_randomness()
                warnings.warn(
                    f"Output nr {i + 1}. of the traced function does not match the corresponding output of the "
                    f"{what}. Detailed error:\n{e}",
                    category=TracerWarning,
                    stacklevel=4,
                )
                all_close = False
        return all_close


def _default_atol(*tensors):
    from torch.testing import _DTYPE_PRECISIONS

    return max(_DTYPE_PRECISIONS.get(t.dtype, (0.0, 0.0))[1] for t in tensors)


@torch.no_grad()
def _check_trace(check_inputs, func, traced, tolerance, strict, force_outplace, is_module, module_class, by_keyword=False):
    """Traces again for each set of inputs; warns where outputs differ, raises where graphs do."""
    for inputs in check_inputs:
        if isinstance(inputs, torch.Tensor):
            inputs = (inputs,)
        options = {
            "check_trace": False,
            "strict": strict,
            "_force_outplace": force_outplace,
            "_module_class": module_class,
            "_store_inputs": False,
        }
        if is_module:
            copies = {name: _clone_inputs(data) for name, data in inputs.items()}
            module = _trace_module(getattr(func, "__self__", func), copies, example_inputs_is_kwarg=by_keyword, **options)
            repeated = module._c.find_method(traced.name)
            inputs = inputs[traced.name]
            if isinstance(inputs, torch.Tensor) or isinstance(inputs, dict) and not by_keyword:
                inputs = (inputs,)
        elif by_keyword:
            repeated = _trace_impl(func, example_kwarg_inputs=_clone_inputs(inputs), **options)
        else:
            repeated = _trace_impl(func, _clone_inputs(inputs), **options)
        check = _Check(inputs, traced, repeated, tolerance, by_keyword)
        results = check.outputs(traced, "trace")
        if check.compare(results, check.outputs(func, "Python function"), "Python function"):
            check.compare(results, check.outputs(repeated, "repeated trace"), "repeated trace")
        diagnosis = _diagnose(traced, repeated)
        if any(found is not None for found in diagnosis):
            raise TracingCheckError(*diagnosis)


# Tracing.


def _warn_of_optimize(optimize):
    if optimize is not None:
        warnings.warn(
            "`optimize` is deprecated and has no effect. Use `with torch.jit.optimized_execution()` instead",
            FutureWarning,
            stacklevel=3,
        )


def trace(
    func,
    example_inputs=None,
    optimize=None,
    check_trace=True,
    check_inputs=None,
    check_tolerance=1e-5,
    strict=True,
    _force_outplace=False,
    _module_class=None,
    _compilation_unit=None,
    example_kwarg_inputs=None,
    _store_inputs=True,
):
    """Runs a function or nn.Module on example inputs and compiles what it did: a ScriptFunction or script module.

    example_inputs: a tuple of tensors and of tuples, lists and dicts of them, or one tensor; example_kwarg_inputs: a
    dict of the same by parameter. check_trace repeats the trace, on check_inputs if there are any, and compares
    outputs within check_tolerance (relative) and graphs. strict=False lets lists and dicts be returned.
    """
    if not torch.jit._enabled:
        return func
    _warn_of_optimize(optimize)
    return _trace_impl(
        func,
        example_inputs,
        check_trace,
        check_inputs,
        check_tolerance,
        strict,
        _force_outplace,
        _module_class,
        example_kwarg_inputs,
        _store_inputs,
    )


def _trace_impl(
    func,
    example_inputs=None,
    check_trace=True,
    check_inputs=None,
    check_tolerance=1e-5,
    strict=True,
    _force_outplace=False,
    _module_class=None,
    example_kwarg_inputs=None,
    _store_inputs=True,
):
    if isinstance(func, ScriptModule):
        warnings.warn(
            "The input to trace is already a ScriptModule, tracing it is a no-op. Returning the object as is.",
            stacklevel=3,
        )
        return func
    by_keyword = isinstance(example_kwarg_inputs, dict)
    owner = getattr(func, "__self__", None)
    is_forward = isinstance(owner, Module) and func.__name__ == "forward"
    if isinstance(func, Module) or is_forward:
        if example_inputs is None:
            if not by_keyword:
                raise RuntimeError("example_kwarg_inputs should be a dict")
            example_inputs = example_kwarg_inputs
        return _trace_module(
            owner if is_forward else func,
            {"forward": example_inputs},
            check_trace,
            None if check_inputs is None else [{"forward": c} for c in check_inputs],
            check_tolerance,
            strict,
            _force_outplace,
            _module_class,
            by_keyword,
            _store_inputs,
        )
    if example_kwarg_inputs is None:
        example_inputs = make_tuple(example_inputs)
    if isinstance(owner, Module):
        raise AttributeError(
            "trace doesn't support compiling individual module's functions.\nPlease use trace_module"
        )
    if by_keyword:
        example_inputs = example_kwarg_inputs
    traced = _tracing.create_function_from_trace(
        _qualified_name(func), func, example_inputs, strict, _force_outplace, get_callable_argument_names(func)
    )
    if check_trace:
        inputs = [example_inputs] if check_inputs is None else check_inputs
        _check_trace(
            inputs, func, traced, check_tolerance, strict, _force_outplace, False, _module_class, by_keyword=by_keyword
        )
    return traced


def trace_module(
    mod,
    inputs,
    optimize=None,
    check_trace=True,
    check_inputs=None,
    check_tolerance=1e-5,
    strict=True,
    _force_outplace=False,
    _module_class=None,
    _compilation_unit=None,
    example_inputs_is_kwarg=False,
    _store_inputs=True,
):
    """Traces several methods of an nn.Module: inputs is a dict of method names to their example inputs."""
    if not torch.jit._enabled:
        return mod
    _warn_of_optimize(optimize)
    return _trace_module(
        mod,
        inputs,
        check_trace,
        check_inputs,
        check_tolerance,
        strict,
        _force_outplace,
        _module_class,
        example_inputs_is_kwarg,
        _store_inputs,
    )


def _names_of_submodules(mod):
    names = {"__module": mod}

    def add(parent, prefix):
        for name, child in parent.named_children():
            names[child] = f"{prefix}.{name}"
            add(child, names[child])

    add(mod, "__module")
    return names


def _trace_module(
    mod,
    inputs,
    check_trace=True,
    check_inputs=None,
    check_tolerance=1e-5,
    strict=True,
    _force_outplace=False,
    _module_class=None,
    example_inputs_is_kwarg=False,
    _store_inputs=True,
):
    global _trace_module_map
    if not isinstance(mod, Module):
        raise AttributeError("expected torch.nn.Module as the first argument")
    if not isinstance(inputs, dict):
        raise AttributeError("expected a dictionary of (method_name, input) pairs")
    outer = _trace_module_map
    try:
        _trace_module_map = _names_of_submodules(mod)
        module = make_module(mod, _module_class)
        for name, example_inputs in inputs.items():
            func = mod if name == "forward" else getattr(mod, name)
            argument_names = get_callable_argument_names(getattr(mod, name))
            if isinstance(example_inputs, dict) and example_inputs_is_kwarg:
                for key in example_inputs:
                    if key not in argument_names:
                        valid = "[" + ",".join(argument_names) + "]"
                        raise NameError(
                            f"'{key}' is not in forward() method's arguments,\n"
                            f"                         valid arguments name are {valid}"
                        )
            else:
                example_inputs = make_tuple(example_inputs)
            _tracing.create_method_from_trace(
                module._c, name, func, example_inputs, strict, _force_outplace, argument_names
            )
            if check_trace:
                _check_trace(
                    [inputs] if check_inputs is None else check_inputs,
                    func,
                    module._c.find_method(name),
                    check_tolerance,
                    strict,
                    _force_outplace,
                    True,
                    _module_class,
                    by_keyword=example_inputs_is_kwarg,
                )
    finally:
        _trace_module_map = outer
    return module


def script_if_tracing(fn):
    """A function that is compiled when a trace calls it, so that its control flow stays, and is plain Python otherwise."""

    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        if not is_tracing():
            return fn(*args, **kwargs)
        return torch.jit.script(wrapper.__original_fn)(*args, **kwargs)

    wrapper.__original_fn = fn
    wrapper.__script_if_tracing_wrapper = True
    return wrapper


_script_if_tracing = script_if_tracing


def _get_trace_graph(f, args=(), kwargs=None, strict=True, _force_outplace=False, return_inputs=False, _return_inputs_states=False):
    """(graph, output) of a function or module, without the check."""
    args = args if isinstance(args, tuple) else (args,)
    result = []

    def run(*inputs):
        result.append(f(*inputs, **(kwargs or {})))
        return result[0]

    traced = _tracing.create_function_from_trace(
        "__torch__._traced", run, args, strict, _force_outplace, get_callable_argument_names(f)
    )
    return traced.graph, result[0]
