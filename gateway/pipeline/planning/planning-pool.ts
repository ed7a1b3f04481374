import type { GraphQLError } from "graphql";
import type { ThreadProgram } from "../../thread-program.ts";
import type { OperationToPlan } from "./operation-to-plan.ts";
import type { Planned, PlanningOutcome, PlanRequest } from "./planned.ts";
import { clearTimers, newSlot, type PlannerSlot, runningMs } from "./planner-slot.ts";
import { openPlannerThread, startFailure, type ThreadEnd, type ThreadEvents } from "./planner-thread.ts";
import type { PlanningConfiguration } from "./planning-configuration.ts";
import { PlanningJob } from "./planning-job.ts";
import { PlanningQueue } from "./planning-queue.ts";
import * as refusals from "./planning-refusals.ts";
import type { PlannerResult } from "./query-planner.ts";
import type { RefusedShapes } from "./refused-shapes.ts";

/** A planning that takes longer gives way to others: it keeps its thread only while another one is left for short plannings. */
const SHORT_MS = 500;

export type PlanningPoolOptions = PlanningConfiguration & {
  program: ThreadProgram;
  supergraphSdl: string;
  refusedShapes: RefusedShapes;
  /** Observes the time that a thread has planned one operation. */
  observe(outcome: PlanningOutcome, seconds: number): void;
};

/**
 * Planner threads of one supergraph version and the operations that wait for them. Short plannings never wait for long ones: all
 * threads but one may be busy with long plannings, and a further one is stopped and begins again when a thread is free for it.
 * Clients take turns. A thread that plans for too long is terminated and replaced.
 */
export class PlanningPool {
  private readonly options: PlanningPoolOptions;
  private readonly jobs = new Map<string, PlanningJob>(); // by the operation's key
  private readonly waiting: PlanningQueue;
  private readonly slots = new Set<PlannerSlot>();
  private readonly mostLong: number;
  private readonly ending = new Set<Promise<void>>();
  private isRetired = false;
  private isClosed = false;

  constructor(options: PlanningPoolOptions) {
    this.options = options;
    this.waiting = new PlanningQueue(options.queue);
    this.mostLong = Math.max(1, options.threads - 1);
  }

  /** Starts the first thread. Resolves with the SDL of the schema for clients. @throws Error when the supergraph is unusable. */
  open(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.startThread(true, (ready) => (typeof ready === "string" ? resolve(ready) : reject(ready)));
    });
  }

  async plan(operation: OperationToPlan, request: PlanRequest): Promise<Planned> {
    if (this.isClosed) return refusals.refusedPlanning(refusals.planningStopped());
    const known = this.jobs.get(operation.key);
    if (known) return known.join(request);
    const refusal = this.options.refusedShapes.refusalOf(operation.shape) ?? this.waiting.refusalOf(request.clientKey);
    if (refusal) return refusals.refusedPlanning(refusal);
    const job = new PlanningJob(operation, request.clientKey, {
      refusalOf: (late) => this.refusalAtDeadline(late),
      onAbandoned: (abandoned) => this.abandon(abandoned),
    });
    this.jobs.set(operation.key, job);
    this.waiting.add(job);
    const planned = job.join(request);
    this.dispatch();
    return planned;
  }

  /** Ends its threads whenever they have nothing to do. */
  retire(): void {
    this.isRetired = true;
    this.dispatch();
  }

  isBusy(): boolean {
    return this.slots.size > 0;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const job of this.jobs.values()) job.settle(refusals.refusedPlanning(refusals.planningStopped()));
    this.jobs.clear();
    for (const slot of this.slots) this.end(slot);
    await Promise.all(this.ending);
  }

  /** Gives waiting operations to idle threads, and starts a thread where there are too few. */
  private dispatch(): void {
    if (this.isClosed) return;
    for (const slot of this.slots) {
      if (!slot.isReady || slot.job) continue;
      const job = this.waiting.take(this.hasRoomForLong());
      if (job) this.run(slot, job);
      else if (this.isRetired) this.end(slot);
    }
    if (this.slots.size < this.options.threads && this.needsThread()) this.startThread(false);
  }

  /** While a thread plans, another one is kept ready or started, since a new thread needs a moment. */
  private needsThread(): boolean {
    const isWorking = this.waiting.size > 0 || [...this.slots].some(({ job }) => job);
    return isWorking && [...this.slots].every(({ job }) => job);
  }

  private hasRoomForLong(): boolean {
    return [...this.slots].filter(({ job }) => job?.isLong).length < this.mostLong;
  }

  private startThread(isFirst: boolean, onReady?: (ready: string | Error) => void): void {
    const { program, supergraphSdl, memoryMb } = this.options;
    const events: ThreadEvents = {
      onReady: (apiSdl = "") => {
        slot.isReady = true;
        onReady?.(apiSdl);
        this.dispatch();
      },
      onResult: (result) => this.finish(slot, result),
      onEnd: (end) => {
        if (onReady && !slot.isReady) onReady(startFailure(end, memoryMb));
        this.onThreadEnd(slot, end);
      },
    };
    const isUrgent = isFirst || this.waiting.size > 0;
    const thread = openPlannerThread(program, { supergraphSdl, isFirst, isUrgent }, memoryMb, events);
    const slot = newSlot(thread);
    this.slots.add(slot);
  }

  private run(slot: PlannerSlot, job: PlanningJob): void {
    slot.job = job;
    job.isRunning = true;
    slot.began = performance.now();
    slot.timers = [setTimeout(() => this.onTimeout(slot, job), this.options.timeoutMs)];
    if (!job.isLong) slot.timers.push(setTimeout(() => this.onShortTimeOver(slot, job), SHORT_MS));
    slot.thread.plan(job.operation);
  }

  private onShortTimeOver(slot: PlannerSlot, job: PlanningJob): void {
    const staysRunning = this.hasRoomForLong();
    job.isLong = true;
    if (staysRunning) return;
    this.replace(slot, "stopped");
    this.waiting.add(job);
    this.dispatch();
  }

  private onTimeout(slot: PlannerSlot, job: PlanningJob): void {
    this.replace(slot, "timeout");
    this.refuse(job, refusals.planningTimedOut(this.options.timeoutMs));
    this.dispatch();
  }

  private finish(slot: PlannerSlot, result: PlannerResult): void {
    const job = this.release(slot, result.kind);
    const planned = refusals.outcomeOf(result);
    if (job && planned.kind === "refused") this.refuse(job, planned.error);
    else if (job) this.settle(job, planned);
    this.dispatch();
  }

  /** A planning that has run for half of the limit is too expensive. One that has run for less was delayed by others. */
  private refusalAtDeadline(job: PlanningJob): GraphQLError {
    const ms = this.runningMs(job);
    return ms >= this.options.timeoutMs / 2 ? refusals.planningOutlastsDeadline(ms) : refusals.notPlannedInTime();
  }

  private abandon(job: PlanningJob): void {
    this.jobs.delete(job.operation.key);
    const { timeoutMs, refusedShapes } = this.options;
    const ms = this.runningMs(job);
    if (ms >= timeoutMs / 2) refusedShapes.add(job.operation.shape(), refusals.planningOutlastsDeadline(ms));
    const slot = this.slotOf(job);
    if (slot) this.replace(slot, "timeout");
    else this.waiting.remove(job);
    this.dispatch();
  }

  private slotOf(job: PlanningJob): PlannerSlot | undefined {
    return [...this.slots].find((each) => each.job === job);
  }

  private runningMs(job: PlanningJob): number {
    const slot = this.slotOf(job);
    return slot ? Math.round(runningMs(slot)) : 0;
  }

  private onThreadEnd(slot: PlannerSlot, end: ThreadEnd): void {
    const job = this.release(slot, end.kind === "out of memory" ? "memory" : "crash");
    this.end(slot);
    const refusal = refusals.planningEnded(end, this.options.memoryMb);
    if (job) this.refuse(job, refusal);
    if (slot.isReady) this.replaceEnded();
    // otherwise the start of the thread has failed, and the next start would probably fail as well
    else
      for (const each of [...this.jobs.values()])
        if (!each.isRunning) this.settle(each, refusals.refusedPlanning(refusal));
  }

  private refuse(job: PlanningJob, refusal: GraphQLError): void {
    this.options.refusedShapes.add(job.operation.shape(), refusal);
    this.settle(job, refusals.refusedPlanning(refusal));
  }

  private settle(job: PlanningJob, planned: Planned): void {
    this.waiting.remove(job);
    this.jobs.delete(job.operation.key);
    job.settle(planned);
  }

  /** Takes the present job from a thread. */
  private release(slot: PlannerSlot, outcome: PlanningOutcome): PlanningJob | undefined {
    const { job } = slot;
    clearTimers(slot);
    if (!job) return undefined;
    this.options.observe(outcome, runningMs(slot) / 1_000);
    slot.job = undefined;
    job.isRunning = false;
    return job;
  }

  /** Terminates a thread while it plans, and starts another at once. */
  private replace(slot: PlannerSlot, outcome: PlanningOutcome): void {
    this.release(slot, outcome);
    this.end(slot);
    this.replaceEnded();
  }

  private replaceEnded(): void {
    if (!this.isRetired && this.slots.size < this.options.threads) this.startThread(false);
    this.dispatch();
  }

  private end(slot: PlannerSlot): void {
    clearTimers(slot);
    this.slots.delete(slot);
    const ended = slot.thread.terminate().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }
}
