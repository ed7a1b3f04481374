import "reflect-metadata"; // type-graphql's decorators need it before the first class, whatever a test imports first
import { countAnew } from "./serial-numbers.ts";

countAnew();
